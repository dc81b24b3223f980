"""Telegram on your desk: a strict Bot API and people who use it, for tests and for playing.

A bot in the same process, without sockets:

    town = Town(FakeTelegram())
    door = InProcessRequest(town.telegram)
    bot = telegram.Bot("1:any", request=door, get_updates_request=door)
    ann = town.person("Ann", language="fr")
    ann.starts("affiche-gare")
    …                               # the bot takes its updates, sends, edits
    await ann.waits()               # until it reacted to her and is idle again
    assert ann.sees("Puis-je demander un microcrédit ?")
    ann.taps("Escautpont")
    await ann.waits()
    print(ann.transcript())

A bot in a process of its own: everything stays the same, behind a server in the test's process.

    async with TelegramServer(town.telegram) as server:
        …                           # start the bot with TELEGRAM_API_URL=server.url

Faults: `town.telegram.faults` (`go_away`, `latency`, `flood`, `lose_answers`, `lose_taps`, `copies`),
`town.telegram.limits.enforced`, `ann.blocks_bot()`, `ann.closes_account()`, `await server.stop()`.
What the bot did: `town.telegram.ledger`.
Time: `FakeTelegram(MovableClock())` and `town.passes(timedelta(…))`.
Everything that happens, as it happens: `town.telegram.changes.subscribe(callback)`.
"""
