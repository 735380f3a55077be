using System.Text.Json;
using Rates.Core;

namespace Rates.Store.Tests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_published_sheet_is_read_as_it_was_with_its_place_in_the_stores_order()
    {
        var sheet = Sheets.Of(
            Ecb,
            Sheets.Figure("EUR/USD", 1.1730m),
            Sheets.Figure("EUR/IDR", 19012.34567890123m),
            Sheets.Figure("EUR/BTC", 0.0000089123m, kind: RateKind.Last) with { At = Sheets.FetchedAt });

        var result = await PublishedAsync(sheet);
        var read = await Store.ReadSheetAsync(Ecb, Token);

        Assert.Equal((result.Version, result.Epoch), (read!.Version, read.Epoch));
        Assert.Equal(sheet.Observations, read.Observations);
        Assert.Equal(sheet with { Version = read.Version, Epoch = read.Epoch, Observations = read.Observations }, read);
    }

    [Fact]
    public async Task Unconfirmed_pairs_are_read_as_they_were_and_none_as_null()
    {
        await PublishedAsync(Sheets.Of(Ecb, Sheets.Figure("EUR/USD", 1.1730m)).WithUnconfirmed([CurrencyPair.Parse("EUR/USD")]));
        await PublishedAsync(Sheets.Of("nbp", Sheets.Figure("EUR/PLN", 4.25m)));

        Assert.Equal([CurrencyPair.Parse("EUR/USD")], (await Store.ReadSheetAsync(Ecb, Token))!.Unconfirmed);
        Assert.Null((await Store.ReadSheetAsync("nbp", Token))!.Unconfirmed);
    }

    [Fact]
    public async Task A_dataset_is_stored_apart_from_its_institution()
    {
        await PublishedAsync(Sheets.Of("nbp", Sheets.Figure("EUR/PLN", 4.25m)));
        await PublishedAsync(Sheets.Of("nbp.b", Sheets.Figure("AFN/PLN", 0.05m)));
        await Store.WriteProviderAsync(Sheets.Profile("nbp.b"), null, Token);

        Assert.Equal("0.05", Assert.Single(await Rig.LatestAsync("nbp.b"), rate => rate.Key.Contains('/', StringComparison.Ordinal)).Value);
        Assert.Equal(["EUR/PLN"], (await Store.ReadSheetAsync("nbp", Token))!.Observations.Select(figure => $"{figure.Pair}"));
        Assert.Equal(["nbp", "nbp.b"], (await Store.ReadIndexAsync(Token)).Sheets.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("nbp.b", (await Store.ReadProvidersAsync(Token))["nbp.b"].Profile.Key);
    }

    [Theory]
    [InlineData("1.1730")]
    [InlineData("171.00")]
    [InlineData("0.0000000001")]
    [InlineData("7922816251426433759354395033.5")]
    public async Task Published_digits_survive(string digits)
    {
        var rate = decimal.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);

        await PublishedAsync(Sheets.Of(Ecb, Sheets.Figure("EUR/USD", rate)));

        Assert.Equal(
            digits,
            (await Store.ReadSheetAsync(Ecb, Token))!.Observations[0].Rate.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains($"\"rate\":{digits},", await Rig.SheetTextAsync(Ecb), StringComparison.Ordinal);
        Assert.Equal(digits, (await Rig.LatestAsync(Ecb))["EUR/USD"]);
    }

    [Fact]
    public async Task There_is_no_sheet_before_the_first_publish()
    {
        await GrantedAsync(Ecb);

        Assert.Null(await Store.ReadSheetAsync(Ecb, Token));
        Assert.Empty((await Store.ReadIndexAsync(Token)).Sheets);
    }

    [Fact]
    public async Task The_index_names_each_sheet_with_its_epoch_version_and_day()
    {
        var ecb = await PublishedAsync(Sheets.Of(Ecb));
        var nbp = await PublishedAsync(Sheets.Of("nbp") with { AsOf = Sheets.Day.AddDays(-1) });

        var index = await Store.ReadIndexAsync(Token);

        Assert.Equal(2, index.Sheets.Count);
        Assert.Equal(new(ecb.Epoch, ecb.Version, Sheets.Day), index.Sheets[Ecb]);
        Assert.Equal(new(nbp.Epoch, nbp.Version, Sheets.Day.AddDays(-1)), index.Sheets["nbp"]);
        Assert.True(index.Sheets["nbp"].IsAfter(index.Sheets[Ecb]));
    }

    [Fact]
    public async Task The_projection_for_dashboards_holds_the_published_digits_and_nothing_of_the_sheet_before()
    {
        await PublishedAsync(Sheets.Of(Ecb, Sheets.Figure("EUR/RUB", 90m)));
        await PublishedAsync(Sheets.Of(Ecb, Sheets.Figure("EUR/USD", 1.1412m), Sheets.Figure("EUR/ISK", 145.10m, Sheets.Day.AddDays(-3))));

        Assert.Equal(
            new Dictionary<string,
            string>
            { ["EUR/USD"] = "1.1412", ["EUR/ISK"] = "145.10", ["@asOf"] = "2026-08-20", ["@fetchedAt"] = "2026-08-20T14:15:03Z" },
            await Rig.LatestAsync(Ecb));
    }

    [Fact]
    public async Task Versions_rise_with_every_publish_faster_than_the_clock()
    {
        List<long> versions = [];
        for (var i = 0; i < 30; i++)
        {
            versions.Add((await PublishedAsync(Sheets.Of($"provider-{i}"))).Version);
        }

        Assert.Equal(versions.Order().Distinct(), versions);
    }

    [Fact]
    public async Task A_worker_that_lost_its_claim_publishes_nothing()
    {
        var stale = await Store.ClaimAsync(Ecb, Now.AddSeconds(-2), Brief, Token);
        await PassAsync(Brief.Lease * 1.5);
        var fresh = await GrantedAsync(Ecb, Now);
        await Store.PublishAsync(fresh, Sheets.Of(Ecb, Sheets.Figure("EUR/USD", 1.2m)), FetchValidators.None, Token);
        var before = (
            await Rig.SheetTextAsync(Ecb), await FetchStateAsync(Ecb, Token), (await Store.ReadIndexAsync(Token)).Sheets[Ecb]);

        var result = await Store.PublishAsync(
            stale, Sheets.Of(Ecb, Sheets.Figure("EUR/USD", 1.1m)), new("\"stale\"", null, null, null), Token);
        var finished = await Store.FinishAsync(stale, GivenUp with { CheckedAt = Now }, Token);

        Assert.Equal(default, result with { Epoch = null! });
        Assert.False(finished);
        Assert.Equal(
            before,
            (await Rig.SheetTextAsync(Ecb), await FetchStateAsync(Ecb, Token), (await Store.ReadIndexAsync(Token)).Sheets[Ecb]));
        Assert.Equal("1.2", (await Rig.LatestAsync(Ecb))["EUR/USD"]);
    }

    [Fact]
    public async Task A_claim_that_was_never_granted_publishes_nothing()
    {
        var held = await GrantedAsync(Ecb);
        var busy = await Store.ClaimAsync(Ecb, held.Slot, Terms, Token);

        Assert.False((await Store.PublishAsync(busy, Sheets.Of(Ecb), FetchValidators.None, Token)).Accepted);
        Assert.False((await Store.PublishAsync(busy with { Provider = "nbp" }, Sheets.Of("nbp"), FetchValidators.None, Token)).Accepted);
        Assert.Null(await Store.ReadSheetAsync(Ecb, Token));
    }

    [Fact]
    public async Task A_publish_repeated_after_a_lost_answer_succeeds_with_a_higher_version()
    {
        var claim = await GrantedAsync(Ecb);

        var first = await Store.PublishAsync(claim, Sheets.Of(Ecb), FetchValidators.None, Token);
        var again = await Store.PublishAsync(claim, Sheets.Of(Ecb), FetchValidators.None, Token);

        Assert.True(again.Accepted && again.Version > first.Version);
    }

    [Fact]
    public async Task A_sheet_under_another_providers_claim_is_refused()
    {
        var claim = await GrantedAsync(Ecb);

        await Assert.ThrowsAsync<ArgumentException>(() => Store.PublishAsync(claim, Sheets.Of("nbp"), FetchValidators.None, Token));
    }

    [Fact]
    public async Task A_sheet_larger_than_readers_take_is_refused()
    {
        var claim = await GrantedAsync(Ecb);
        var sheet = Sheets.Of(Ecb, [.. Enumerable.Range(0, 20_000).Select(i => Sheets.Figure("EUR/USD", i + 1, Sheets.Day.AddDays(-i)))]);

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => Store.PublishAsync(claim, sheet, FetchValidators.None, Token));

        Assert.Contains("1 MiB", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stored_sheet_describes_itself()
    {
        var claim = await GrantedAsync(Ecb);
        var published = await Store.PublishAsync(claim, Sheets.Of(Ecb), FetchValidators.None, Token);

        using var json = JsonDocument.Parse((await Rig.SheetTextAsync(Ecb))!);

        var sheet = json.RootElement;
        Assert.Equal(1, sheet.GetProperty("schema").GetInt32());
        Assert.Equal(Ecb, sheet.GetProperty("provider").GetString());
        Assert.Equal(published.Epoch, sheet.GetProperty("epoch").GetString());
        Assert.Equal(published.Version, sheet.GetProperty("version").GetInt64());
        Assert.Equal(claim.Fence, sheet.GetProperty("fence").GetInt64());
        Assert.Equal(claim.Slot, sheet.GetProperty("slot").GetDateTimeOffset());
        Assert.Equal("2026-08-20", sheet.GetProperty("asOf").GetString());
        Assert.Equal("2026-08-20T14:00:03Z", sheet.GetProperty("publishedAt").GetString());
        Assert.Equal("2026-08-20T14:15:03Z", sheet.GetProperty("fetchedAt").GetString());
        Assert.Equal("2026-08-20T14:15:03Z", sheet.GetProperty("checkedAt").GetString());
        Assert.Equal("2026-08-21T14:15:03Z", sheet.GetProperty("nextExpectedAt").GetString());
        Assert.Equal(64, sheet.GetProperty("sha256").GetString()!.Length);
        Assert.Equal(
            """{"asOf":"2026-08-20","pair":"EUR/USD","rate":1.1730,"kind":"reference"}""",
            sheet.GetProperty("observations")[0].GetRawText());
    }

    [Theory]
    [InlineData("", "does not begin with a schema number")]
    [InlineData("rates", "is not the JSON of a sheet")]
    [InlineData("{}", "does not begin with a schema number")]
    [InlineData("""{"schema":1}""", "is cut short")]
    [InlineData("""{"schema":2,"provider":"ecb"}""", "its schema is 2, and this program reads 1")]
    public async Task What_is_not_a_sheet_is_reported_with_provider_and_reason(string planted, string reason)
    {
        await PublishedAsync(Sheets.Of("nbp"));
        await Rig.PlantSheetAsync(Ecb, planted.Length == 0 ? "[]" : planted);

        var corrupt = await Assert.ThrowsAsync<CorruptSheetException>(() => Store.ReadSheetAsync(Ecb, Token));

        Assert.Equal(Ecb, corrupt.Provider);
        Assert.StartsWith("ecb: ", corrupt.Message, StringComparison.Ordinal);
        Assert.Contains(reason, corrupt.Message, StringComparison.Ordinal);
        Assert.NotNull(await Store.ReadSheetAsync("nbp", Token));
    }

    [Fact]
    public async Task Another_providers_sheet_is_not_taken()
    {
        await PublishedAsync(Sheets.Of("nbp"));
        await Rig.PlantSheetAsync(Ecb, (await Rig.SheetTextAsync("nbp"))!);

        var corrupt = await Assert.ThrowsAsync<CorruptSheetException>(() => Store.ReadSheetAsync(Ecb, Token));

        Assert.Contains("another provider", corrupt.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sheet_cut_anywhere_or_with_any_character_changed_is_not_taken()
    {
        await PublishedAsync(Sheets.Of(Ecb));
        var whole = (await Rig.SheetTextAsync(Ecb))!;

        for (var i = 0; i < whole.Length; i += 7)
        {
            await Rig.PlantSheetAsync(Ecb, i == 0 ? " " : whole[..i]);
            await Assert.ThrowsAsync<CorruptSheetException>(() => Store.ReadSheetAsync(Ecb, Token));
            await Rig.PlantSheetAsync(Ecb, $"{whole[..i]}{(char)(whole[i] ^ 1)}{whole[(i + 1)..]}");
            await Assert.ThrowsAsync<CorruptSheetException>(() => Store.ReadSheetAsync(Ecb, Token));
        }

        await Rig.PlantSheetAsync(Ecb, whole);
        Assert.NotNull(await Store.ReadSheetAsync(Ecb, Token));
    }

    [Fact]
    public async Task A_value_larger_than_a_sheet_may_be_is_not_taken()
    {
        await Rig.PlantSheetAsync(Ecb, new('x', 3 << 20));

        var corrupt = await Assert.ThrowsAsync<CorruptSheetException>(() => Store.ReadSheetAsync(Ecb, Token));

        Assert.Contains("larger than 1 MiB", corrupt.Message, StringComparison.Ordinal);
    }
}
