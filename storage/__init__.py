"""What is kept: tables, one transaction object, migrations."""
