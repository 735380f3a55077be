using Rates.Testing;

namespace Rates.Store.Tests;

public abstract partial class StoreContract
{
    private IOperatorDocuments Documents => Store.Documents;

    [Fact]
    public async Task A_document_is_made_changed_and_deleted_under_rising_revisions()
    {
        var made = await Documents.EditDocumentAsync(Edit(0, """{"a":1}"""), Token);
        var changed = await Documents.EditDocumentAsync(Edit(made!.Value, """{"a":2}"""), Token);
        var stored = (await Documents.ReadDocumentsAsync("key", Token))["one"];
        var deleted = await Documents.EditDocumentAsync(Edit(changed!.Value, null), Token);
        var again = await Documents.EditDocumentAsync(Edit(0, """{"a":3}"""), Token);

        Assert.Equal((changed.Value, "anna \"the boss\"", """{"a":2}"""), (stored.Revision, stored.By, stored.Json));
        Assert.InRange(stored.At, Now.AddMinutes(-1), Now.AddMinutes(1));
        Assert.True(made < changed && changed < deleted && deleted < again);
        Assert.Equal(again, await Documents.ReadDocumentsRevisionAsync(Token));
    }

    [Fact]
    public async Task An_edit_of_another_revision_changes_no_document_and_is_not_recorded()
    {
        var made = await Documents.EditDocumentAsync(Edit(0, "1"), Token);

        Assert.Null(await Documents.EditDocumentAsync(Edit(0, "2"), Token));
        Assert.Null(await Documents.EditDocumentAsync(Edit(made!.Value + 1, "2"), Token));
        Assert.Null(await Documents.EditDocumentAsync(Edit(0, null), Token));

        Assert.Equal("1", (await Documents.ReadDocumentsAsync("key", Token))["one"].Json);
        Assert.Single(await Documents.ReadChangesAsync(10, Token));
    }

    [Fact]
    public async Task An_edit_under_the_revision_of_all_documents_is_refused_after_a_change_of_any_other()
    {
        var none = await Documents.ReadDocumentsRevisionAsync(Token);
        var made = await Documents.EditDocumentAsync(Edit(0, "1") with { ExpectedOfAll = none }, Token);
        await Documents.EditDocumentAsync(Edit(0, "1") with { Kind = "user" }, Token);

        Assert.NotNull(made);
        Assert.Null(await Documents.EditDocumentAsync(Edit(made.Value, "2") with { ExpectedOfAll = made }, Token));
        Assert.Equal("1", (await Documents.ReadDocumentsAsync("key", Token))["one"].Json);
        var all = await Documents.ReadDocumentsRevisionAsync(Token);
        Assert.NotNull(await Documents.EditDocumentAsync(Edit(made.Value, null) with { ExpectedOfAll = all }, Token));
        Assert.Empty(await Documents.ReadDocumentsAsync("key", Token));
    }

    [Fact]
    public async Task Kinds_of_documents_do_not_mix()
    {
        await Documents.EditDocumentAsync(Edit(0, "1"), Token);

        Assert.Empty(await Documents.ReadDocumentsAsync("user", Token));
    }

    [Fact]
    public async Task Changes_are_told_newest_first_schedules_among_them()
    {
        await Documents.EditDocumentAsync(Edit(0, "1"), Token);
        await Store.EditAsync(Ecb, 0, Shipped with { By = "bert" }, Token);
        await Documents.RecordChangeAsync(new("quarantine", "nbp", "carl", "", "discarded: a typing error"), Token);
        await Documents.EditDocumentAsync(Edit(0, "{}") with { Name = "two", Note = null }, Token);

        var changes = await Documents.ReadChangesAsync(10, Token);

        Assert.Equal(
            [("quarantine", "nbp", "carl"), ("schedule", Ecb, "bert"), ("key", "one", "anna \"the boss\"")],
            changes.Select(change => (change.Note.What, change.Note.Subject, change.Note.By)));
        Assert.Equal(("", "made"), (changes[2].Note.From, changes[2].Note.To));
        Assert.All(changes, change => Assert.InRange(change.At, Now.AddMinutes(-1), Now.AddMinutes(1)));
        Assert.Equal(changes[0], Assert.Single(await Documents.ReadChangesAsync(1, Token)));
    }

    [Fact]
    public async Task A_change_of_a_document_is_hinted_with_its_kind()
    {
        var hinted = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var watch = await Documents.WatchDocumentsAsync(kind => hinted.TrySetResult(kind), Token);

        await Documents.EditDocumentAsync(Edit(0, "1"), Token);

        Assert.Equal("key", await hinted.Task.WaitAsync(Eventually.Limit, TimeProvider.System, Token));
    }

    [Fact]
    public async Task A_thousand_edits_of_one_document_lose_nothing()
    {
        const int Each = 125;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var documents = Rig.Another().Documents;
            for (var done = 0; done < Each;)
            {
                var current = (await documents.ReadDocumentsAsync("key", Token)).GetValueOrDefault("one");
                var count = current is null ? 1 : int.Parse(current.Json) + 1;
                done += await documents.EditDocumentAsync(Edit(current?.Revision ?? 0, $"{count}"), Token) is null ? 0 : 1;
            }
        }));

        Assert.Equal($"{8 * Each}", (await Documents.ReadDocumentsAsync("key", Token))["one"].Json);
        Assert.Equal(8 * Each, (await Documents.ReadChangesAsync(10_000, Token)).Count);
    }

    [Fact]
    public async Task Users_and_keys_are_kept_as_they_were_given()
    {
        var accessStore = new AccessStore(Documents);
        var user = new AccessUser { Role = AccessRole.Ops, Password = "pbkdf2-sha256$1$a$b" };
        var key = new AccessKey
        {
            Label = "shop",
            Role = AccessRole.Read,
            Digest = KeyText.New().Digest,
            CreatedAt = Now,
            ExpiresAt = Now.AddDays(1),
            DefaultProviders = ["ecb", "nbp"],
            RequestsPerMinute = 600,
        };

        await accessStore.EditUserAsync("anna", 0, user, "root", "made", Token);
        await accessStore.EditKeyAsync("0123456789ab", 0, key, "root", "made", Token);

        Assert.Equal(user, (await accessStore.ReadUsersAsync(Token))["anna"].Value);
        Assert.Equivalent(key, (await accessStore.ReadKeysAsync(Token))["0123456789ab"].Value, strict: true);
        Assert.DoesNotContain(
            await Documents.ReadChangesAsync(10, Token),
            change =>
                change.ToString().Contains("pbkdf2", StringComparison.Ordinal)
                    || change.ToString().Contains(key.Digest, StringComparison.Ordinal));
    }

    private static DocumentEdit Edit(long expected, string? json) =>
        new(
            "key", "one", expected, json, "anna \"the boss\"",
            new("key", "one", "anna \"the boss\"", "", json is null ? "deleted" : "made"));
}
