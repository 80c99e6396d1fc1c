"""Load: signed requests at the running endpoint, beside the SDK's hello world behind the same server and checks."""
