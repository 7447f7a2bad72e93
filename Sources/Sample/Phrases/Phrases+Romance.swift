extension Phrases {
    static let romance = """
        = es
        ¿Alguien más con {app} parado en el bloque {block}? Llevo {number} horas así.
        Actualicé a {version} en {device} y va mucho más rápido {emoji}
        Buenos días a todos los que tienen su nodo sincronizado ☕
        Fernveil {version} ya está disponible. Más información: {link}
        En {place} ya se puede pagar el café con $FVL, qué alegría
        Pregunta de principiante: ¿qué son las claves de vista?
        El {percent} de los nodos ya actualizó. ¡Mañana a por el resto!
        No compartáis nunca las palabras de recuperación. Nunca.
        = pt
        Atualizei para a {version}, demorou {number} minutos e não houve drama nenhum
        Alguém em {place} para um encontro na quinta-feira? {emoji}
        A privacidade não é esconder, é escolher o que mostrar. {tag}
        O saque da {market} demora há {number} horas, é normal?
        Traduzi mais {number} páginas da documentação, revisão bem-vinda: {link}
        Não caiam no aplicativo falso com a folha roxa!
        = fr
        Mise à jour {version} installée, {number} minutes de synchro, rien à signaler {emoji}
        Quelqu'un a déjà testé les paiements en $FVL à {place} ?
        La vie privée n'est pas un luxe. C'est une habitude.
        Très bon article sur le pool « veil », à lire : {link}
        Mon nœud tourne depuis {number} semaines sans redémarrage, chapeau à l'équipe
        Les frais sur {market} sont montés de {percent}, ça devient n'importe quoi
        = tr
        {version} sürümüne geçtim, eşitleme yalnızca {number} dakika sürdü {emoji}
        Günaydın! Düğümünüz çalışıyor mu?
        Kurtarma kelimelerinizi kimseyle paylaşmayın, ekip bile sormaz.
        {market} çekim işlemleri {number} saattir bekliyor, bilgisi olan var mı?
        Türkçe çeviri neredeyse bitti: {link}
        = vi
        Đã cập nhật {version} trên {device}, nhanh hơn hẳn {emoji}
        Có ai gặp lỗi đồng bộ ở khối {block} không?
        Đừng bao giờ chia sẻ cụm từ khôi phục của bạn.
        Cảm ơn đội ngũ đã trả lời suốt {number} phút
        """
    static let germanic = """
        = de
        {version} läuft seit {number} Stunden auf meinem Knoten, bisher keine Auffälligkeiten.
        Weiß jemand, warum {app} bei Block {block} hängen bleibt?
        Bargeld fragt auch nicht, wofür man es ausgibt. {tag}
        Stammtisch in {place} am Donnerstag, Fernveil-Neulinge sind willkommen {emoji}
        Die Überweisung war nach {number} Sekunden da. Meine Bank braucht zwei Werktage.
        Datenschutzgrundverordnungskonforme Buchführung mit Sichtschlüsseln, ein Erfahrungsbericht: {link}
        Guten Morgen! Kaffee und dann Versionshinweise lesen.
        = sv
        Uppgraderade till {version} i går kväll, allt fungerar fint {emoji}
        Någon som vet varför {market} tar {percent} i avgift?
        Träff i {place} på lördag, ta med en växt 🌿
        Min nod har varit igång i {number} veckor utan problem
        = pl
        Zaktualizowałem do {version}, synchronizacja trwała {number} minut {emoji}
        Czy ktoś jeszcze czeka na wypłatę z {market}? U mnie już {number} godzin.
        Spotkanie w mieście {place}, zapraszam wszystkich początkujących
        Prywatność to nie przestępstwo. Źródła i dane: {link}
        Świetna robota, zespole! Żółta wersja ikony też ładna.
        """
}
