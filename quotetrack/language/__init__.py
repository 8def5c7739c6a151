"""What Stanza sees in an article: sentences, words, grammar and names, offsets in the untouched text."""
