"""Papers: each a value built from facts, which two renderers turn into PDF and DOCX; no session, no request."""
