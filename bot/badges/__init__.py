"""Open Badges 3.0: recognition that others can verify without us.

`award` says what is recognised, `credential` writes it as the specification wants it, `keys` is who signs, `signing`
signs and looks again, `baking` puts a credential into its picture, `status` is the list of what was taken back.
"""
