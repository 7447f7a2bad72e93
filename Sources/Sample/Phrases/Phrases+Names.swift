extension Phrases {
    static let names = """
        = app
        Mosswallet
        Larkpurse
        Fernveil Desktop
        Fernveil Mobile
        the desktop wallet
        the mobile wallet
        = market
        Kelpswap
        Orrin Exchange
        BayRook
        Tallowbridge
        = viewer
        Fernscan
        Glasswort
        = pool
        Nettlepool
        Peatpool
        a solo rig
        = device
        an old ThinkPad
        a Pixel 7a
        my phone
        a Raspberry Pi 5
        a 4 GB VPS
        Debian 13
        an M2 Air
        a seven-year-old laptop
        = place
        Lisbon
        Tallinn
        Montréal
        Córdoba
        Gdańsk
        Nairobi
        Busan
        Kraków
        Malmö
        = feature
        faster note scanning
        view keys per account
        a smaller proving key
        payment requests with memos
        background sync
        a rewritten fee estimator
        address rotation by default
        Tor on by default
        coin control
        hardware wallet support
        resumable sync
        a Turkish and a Vietnamese translation
        batched proofs
        = bug
        a stuck progress bar at 99 %
        memos cut after 140 bytes
        the wrong balance after a rescan
        a crash on devices with 3 GB of memory
        duplicate notifications
        a rare deadlock in the mempool
        QR codes that older cameras could not read
        fee estimates that jumped after every block
        = concept
        the veil pool
        shielded change outputs
        decoy selection
        view keys
        the light client protocol
        note commitments
        timing analysis
        the fee market
        = emoji
        🌿
        👀
        🔥
        🙏
        🚀
        😅
        🤔
        👏
        🫡
        ☕
        🎉
        🧵
        🕯️
        🛠️
        = tag
        #Fernveil
        #FVL
        #privacy
        #VeilPool
        #Canopy
        #cryptography
        #selfcustody
        #RunANode
        """
}
