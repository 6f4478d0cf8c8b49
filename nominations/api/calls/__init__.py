"""The views of the API, one module a subject: each turns a checked call into one query or service and its answer."""
