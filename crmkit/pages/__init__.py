"""What each command has to say: a document for programs and a page for people."""
