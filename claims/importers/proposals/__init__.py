"""From what reading proposes to desk rows: scopes, questions, speakers, works, values."""
