using System.Security.Cryptography;
using System.Text;
using Rates.Core;

namespace Rates.Store.Tests;

/// <summary>One record of every kind, and what a reader must find of them whatever release wrote them.</summary>
internal static class GoldenRecords
{
    private const string Hash = "pbkdf2$600000$c2FsdA==$aGFzaA==";
    private static readonly DateOnly Day = new(2026, 11, 20);
    private static readonly DateTimeOffset At = new(2026, 11, 20, 15, 15, 3, TimeSpan.Zero);
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("<Cube time='2026-11-20'/>");
    private static readonly string BodyDigest = Convert.ToHexStringLower(SHA256.HashData(Body));

    private static readonly ProviderProfile Profile = new()
    {
        Key = "ecb",
        Name = "Česká & European Central Bank",
        Country = "EU",
        Pivot = Currency.Eur,
        Terms = "https://example.org/terms",
        Calendar = new() { At = new(16, 0), Zone = "Europe/Berlin", Holidays = "TARGET", Grace = TimeSpan.FromHours(2) },
        HistoryFrom = new(1999, 1, 4),
        Verified = true,
        Enabled = true,
        LeastGap = TimeSpan.FromMinutes(5),
    };

    private static readonly ProviderHealth Health = new()
    {
        LastAttemptAt = At,
        LastSuccessAt = At.AddHours(-1),
        Failures = 2,
        Reason = "timed out",
        Quarantined = 1,
        OddRows = 3,
        FirstOddRows = [new("row 12", "'-' is not a number")],
        RefusedRows = 1,
        FirstRefusedRows = [new("2026-11-20 EUR/USD 9.9 Reference", "too far away")],
    };

    private static readonly FetchValidators Validators = new("\"a1\"", "Fri, 20 Nov 2026 15:00:00 GMT", BodyDigest, At);

    private static readonly FetchRun Run = new(
        At, "ecb", At.AddMinutes(-1), "worker-1", "quarantined", "too far away", TimeSpan.FromMilliseconds(1234), 2, 5678, 9)
    {
        OddRows = 3,
    };

    private static readonly QuarantinedSheet Refused = new(
        "1790000000000-7", At, "ecb", At.AddMinutes(-1), ["EUR/USD is too far away"], "<html>", [Figure("EUR/USD", 9.9m)]);

    private static readonly AccessKey Key = new()
    {
        Label = "shop",
        Role = AccessRole.Read,
        Digest = BodyDigest,
        CreatedAt = At,
        ExpiresAt = At.AddYears(1),
        DefaultProviders = ["ecb", "boc"],
        RequestsPerMinute = 600,
    };

    private static readonly OperatorCommand Command = new()
    {
        Kind = CommandKind.Backfill,
        Provider = "ecb",
        By = "anna",
        CreatedAt = At,
        From = new(2026, 1, 1),
        To = new(2026, 3, 31),
    };

    /// <summary>Writes one record of every kind into an empty store.</summary>
    public static async Task FillAsync(IRateStore store, EvidenceStore evidence, CancellationToken token)
    {
        await store.FillGapsAsync(
            new Dictionary<string, ScheduleDefinition> { ["ecb"] = new() { Cron = "0 0/5 16-18 ? * MON-FRI", Zone = "Europe/Berlin" } },
            token);
        var schedule = (await store.ReadAllAsync(token))["ecb"];
        await store.EditAsync(
            "ecb", schedule.Revision,
            schedule with { Cron = "", Every = TimeSpan.FromMinutes(15), By = "anna", MinimumGap = TimeSpan.FromMinutes(5) }, token);
        await store.WriteProviderAsync(Profile, Health, token);

        await store.UpsertHistoryAsync("ecb", [Figure("EUR/USD", 1.1730m), Figure("EUR/GBP", 0.86000m)], At.AddHours(-2), token);
        await store.UpsertHistoryAsync(
            "ecb", [Figure("EUR/USD", 1.1740m), Figure("BTC/EUR", 0.00000000000000000001m) with { Kind = RateKind.CashBid, At = At }], At,
            token);
        await store.WriteBackfilledAsync("ecb", new(1999, 1, 4), token);

        var claim = await store.ClaimAsync("ecb", At, new("worker-1", TimeSpan.FromMinutes(1), TimeSpan.Zero, 3), token);
        await store.PublishAsync(claim, Sheet, Validators, token);
        await store.RecordRunAsync(Run, token);
        await store.QuarantineAsync(Refused, token);
        await store.BeatAsync("worker-1", token);

        var access = new AccessStore(store.Documents);
        await access.EditUserAsync("anna", 0, new() { Role = AccessRole.Ops, Password = Hash }, "admin", "made", token);
        await access.EditKeyAsync("k1", 0, Key, "anna", "made", token);
        await new CommandStore(store.Documents).AskAsync(Command, token);

        await evidence.WriteAsync(
            new("ecb", "1790000000000-00112233445566aa", 7, At, Day, Day, Day,
            [
                new("https://example.org/daily.xml", At, new Dictionary<string, string> { ["ETag"] = "\"a1\"" }, BodyDigest, Body.Length)
                {
                    Path = "daily.xml",
                },
            ]),
            new Dictionary<string, ReadOnlyMemory<byte>> { [BodyDigest] = Body }, token);
    }

    /// <summary>Reads every record back and compares it with what was written.</summary>
    public static async Task AreReadAsync(IRateStore store, EvidenceStore evidence, CancellationToken token)
    {
        await SheetIsReadAsync(store, token);
        await HistoryIsReadAsync(store, token);
        var schedule = (await store.ReadAllAsync(token))["ecb"];
        Assert.Equal(
            ("", TimeSpan.FromMinutes(15), "Europe/Berlin", "anna", true, TimeSpan.FromMinutes(5)),
            (schedule.Cron, schedule.Every, schedule.Zone, schedule.By, schedule.Enabled, schedule.MinimumGap));
        var provider = (await store.ReadProvidersAsync(token))["ecb"];
        Assert.Equal((Profile, Health), (provider.Profile, provider.Health));
        Assert.Equal(Run, Assert.Single(await store.ReadRunsAsync(10, token)));
        var refused = Assert.Single(await store.ReadQuarantineAsync("ecb", token));
        Assert.Equal(Refused.Reasons, refused.Reasons);
        Assert.Equal(Refused.Observations, refused.Observations);
        Assert.Equal(Refused with { Reasons = refused.Reasons, Observations = refused.Observations }, refused);
        Assert.Equal([1], await store.CountQuarantineAsync(["ecb"], token));
        var state = await store.ReadFetchAsync("ecb", token);
        Assert.Equal((At, At, 0, Validators), (state.Done, state.Slot, state.Failures, state.Validators));

        var access = new AccessStore(store.Documents);
        var user = (await access.ReadUsersAsync(token))["anna"].Value;
        Assert.Equal((AccessRole.Ops, Hash), (user.Role, user.Password));
        Assert.Equivalent(Key, (await access.ReadKeysAsync(token))["k1"].Value, strict: true);
        Assert.Equivalent(Command, Assert.Single(await new CommandStore(store.Documents).ReadAsync(token)).Value.Value, strict: true);
        var changes = await store.Documents.ReadChangesAsync(100, token);
        Assert.Equal(
            ["command ecb", "key k1", "schedule ecb", "user anna"],
            changes.Select(change => $"{change.Note.What} {change.Note.Subject}").Distinct().Order(StringComparer.Ordinal));

        var kept = (await evidence.ReadAsync("ecb", 7, token))!;
        Assert.Equal((BodyDigest, "GET", "daily.xml", true), (
            kept.Bodies[0].Digest, kept.Bodies[0].Method, kept.Bodies[0].Path, kept.Bodies[0].IsStored));
        Assert.Equal(Body, (await evidence.ReadBodyAsync(BodyDigest, token))!.Value.ToArray());
    }

    private static RateSheet Sheet { get; } = new()
    {
        Provider = "ecb",
        AsOf = Day,
        PublishedAt = At.AddMinutes(-15),
        FetchedAt = At,
        CheckedAt = At,
        NextExpectedAt = At.AddDays(3),
        Source = "https://example.org/daily.xml",
        Revised = true,
        Observations = [Figure("EUR/GBP", 0.86000m) with { IsUnconfirmed = true }, Figure("EUR/USD", 1.1740m) with { At = At }],
    };

    private static async Task SheetIsReadAsync(IRateStore store, CancellationToken token)
    {
        var sheet = (await store.ReadSheetAsync("ecb", token))!;
        var version = (await store.ReadIndexAsync(token)).Sheets["ecb"];
        Assert.Equal(SheetVersion.Of(sheet), version);
        Assert.True(version.Version > 0 && version.Epoch.Length > 0);
        Assert.Equal(Sheet.Observations, sheet.Observations);
        Assert.Equal(Sheet.Unconfirmed, sheet.Unconfirmed);
        Assert.Equal(
            Sheet with { Epoch = sheet.Epoch, Version = sheet.Version, Observations = sheet.Observations },
            sheet);
    }

    private static async Task HistoryIsReadAsync(IRateStore store, CancellationToken token)
    {
        var day = Assert.Single(await store.ReadDaysAsync("ecb", Day, Day, token));
        Assert.Equal(At, day.FetchedAt);
        Assert.Equal(
            ["EUR/GBP 0.86000 Reference", "EUR/USD 1.1740 Reference", "BTC/EUR 0.00000000000000000001 CashBid"],
            day.Figures.Select(figure => figure.ToString()["2026-11-20 ".Length..]));
        Assert.Equal(At, day.Figures[2].At);
        var archived = Assert.Single(await store.ReadArchivedDaysAsync("ecb", Day.Year, token));
        var revision = Assert.Single(HistoryDay.Parse(Encoding.UTF8.GetBytes(archived.Json))!.Revisions!);
        Assert.Equal((At.AddHours(-2), 1.1730m), (revision.FetchedAt, revision.Figures[RateKind.Reference]["EUR/USD"].Rate));
        Assert.Equal(new DateOnly(1999, 1, 4), await store.ReadBackfilledAsync("ecb", token));
    }

    private static Observation Figure(string pair, decimal rate) => new(Day, CurrencyPair.Parse(pair), rate, RateKind.Reference);
}
