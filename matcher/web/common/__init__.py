"""What the public and the console app share: headers, tokens, drafts, errors, languages."""
