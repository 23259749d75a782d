"""ClaimReview feeds of fact checkers: who said what, where it appeared, as drafts."""
