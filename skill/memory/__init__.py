"""Where a routine was left: nothing, SQLite or DynamoDB, behind the SDK's persistence interface."""
