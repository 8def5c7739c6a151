"""What Stanza sees in an article: sentences, words, grammar and names, with offsets into the untouched text."""
