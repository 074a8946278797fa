"""Twenty people who open a business: what each wants and does, played on the real terminal, and what it cost them.

``python -m tests.journeys.personas`` plays all of them and writes docs/personas.md; with names only these are played
again, and with ``--pictures FOLDER`` it leaves a picture of every act.
"""
