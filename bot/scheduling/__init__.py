"""Plans: sessions that are to come, who comes to them, and how they begin by themselves.

A plan is a row and not a log: what it was does not matter, only what it is. Every change of it is decided by an event
(a command, or a moment that was due), and stored in one transaction with the id of that event and all that is to be
said. `plan` has the values, `hosting`, `coming` and `due` decide, `planner` brings what they have to know, `calendar`
feeds the moments.
"""
