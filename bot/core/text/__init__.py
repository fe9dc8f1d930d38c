"""Text in the core: message keys, commands, dates, quoting and sanitising."""
