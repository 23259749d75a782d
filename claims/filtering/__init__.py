"""What lists may be asked: parameters, filters, orders, keyset pages. Shared by pages and API."""
