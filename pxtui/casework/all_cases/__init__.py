"""All open cases judged again, some hundred at a time, and what changed since the last time."""
