"""The ledger: appends, never overwrites; merges reports into events; gives read-only views."""
