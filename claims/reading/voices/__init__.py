"""Who says it: cues, speakers, and how far their words reach."""
