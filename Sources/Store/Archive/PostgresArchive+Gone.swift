internal import Domain

// What is not shown is not found either.
extension PostgresArchive {
    /// `post` as readers see it.
    func shown(_ post: Post) -> Post {
        guard gonePosts == .hideText, post.goneAt != nil else { return post }
        var post = post
        post.bodyText = nil
        return post
    }

    /// The same of where its values come from: that there were texts, and not what they said.
    func shown(_ provenance: Provenance) -> Provenance {
        guard gonePosts == .hideText, provenance.gone?.at != nil else { return provenance }
        var provenance = provenance
        for index in provenance.earlierTexts.indices { provenance.earlierTexts[index].text = nil }
        return provenance
    }

    /// What readers find by `filter`.
    func shown(_ filter: PostFilter) -> PostFilter {
        var filter = filter
        filter.hidesGoneTexts = gonePosts == .hideText
        return filter
    }
}
