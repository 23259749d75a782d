"""Forms collect and check shapes; the workflow's verbs hold the rules and write."""
