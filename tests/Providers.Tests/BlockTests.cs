using Cronos;
using Rates.Core;

namespace Rates.Providers.Tests;

/// <summary>Every block is complete, and everything in it can be used.</summary>
public sealed class BlockTests
{
    private static readonly ProviderCatalog Catalog = ProviderCatalog.Shipped();
    private static readonly FetchWindow Week = new(new(2026, 8, 14), new(2026, 8, 20), new(2026, 8, 20));
    private static readonly FetchWindow Year = new(new(2025, 3, 1), new(2026, 2, 28), new(2026, 8, 20));

    // Sources that answer on http only, or answered there until they ended.
    private static readonly string[] PlainHosts = ["www.mnb.hu", "download.finance.yahoo.com", "www.google.com", "www.hmrc.gov.uk",
        "www.webservicex.net", "bnb.bg"];

    public static IEnumerable<TheoryDataRow<string>> Keys() => Catalog.All.Select(provider => new TheoryDataRow<string>(provider.Key));

    [Fact]
    public void An_address_that_cannot_be_used_is_named_without_its_user()
    {
        var block = Catalog.All.First().Block with { Address = new("ftp://user:canary@source.example/") };

        Assert.Contains("Address 'ftp://source.example/' is not an absolute http or https address", block.Problems());
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Block_is_valid(string key)
    {
        var block = Catalog.Find(key)!.Block;

        Assert.Empty(block.Problems());
        Assert.Empty(block.Calendar.Validate());
        Assert.True(Enum.IsDefined(block.Kind));
        Assert.True(block.Country is "" || (block.Country.Length == 2 && block.Country.All(char.IsAsciiLetterUpper)),
            $"country '{block.Country}'");
        Assert.DoesNotContain(block.EmptyStatus, status => status is < 200 or > 599 or 401 or 403 or 429);
        Assert.Equal("", block.Key);
    }

    [Theory]
    [InlineData("ecb", ProviderCategory.Reference)]
    [InlineData("yahoo", ProviderCategory.Market)]
    [InlineData("cbt", ProviderCategory.Official)]
    [InlineData("hmrc", ProviderCategory.Compliance)]
    [InlineData("snb", ProviderCategory.Average)]
    public void A_block_says_what_its_figures_are_made_for(string key, ProviderCategory category) =>
        Assert.Equal(category, Catalog.Find(key)!.Block.Profile(key).Category);

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_dataset_belongs_to_an_institution_and_counts_once_with_it(string key)
    {
        var institution = Catalog.Find(ProviderKey.Institution(key));

        Assert.True(ProviderKey.IsOne(key), $"'{key}' is no key: a capital letter inside a class name begins the name of a dataset");
        Assert.True(institution is not null, $"'{key}' is a dataset of '{ProviderKey.Institution(key)}', which does not exist");
        Assert.Equal(Group(institution), Group(Catalog.Find(key)!));
        Assert.Equal(institution.Block.Country, Catalog.Find(key)!.Block.Country);
        Assert.Equal(institution.Block.Terms, Catalog.Find(key)!.Block.Terms);

        static string Group(RateProvider provider) => provider.Block.Profile(provider.Key).Independence;
    }

    [Fact]
    public void The_group_that_counts_as_one_source_is_read_in_any_case() =>
        Assert.Equal("ecb", (Catalog.Find("lb")!.Block with { Independence = "ECB" }).Profile("lb").Independence);

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_closed_series_has_a_last_day_and_a_published_one_has_none(string key)
    {
        var block = Catalog.Find(key)!.Block;

        Assert.Equal(block.Calendar.Cadence == Cadence.None, block.Profile(key).HistoryUntil is not null);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Terms_are_named_by_whoever_has_them(string key)
    {
        var block = Catalog.Find(key)!.Block;

        Assert.True(Uri.TryCreate(block.Terms, UriKind.Absolute, out var terms)
            ? terms.Scheme is "https" or "http"
            : block.Address is null, $"terms '{block.Terms}'");
    }

    [Theory]
    [InlineData(-1, "", "DailyQuota -1 is less than 0 requests a day")]
    [InlineData(1, "Mars/Olympus", "QuotaZone 'Mars/Olympus' is not a time zone of this machine")]
    public void A_quota_that_cannot_be_used_is_named(int quota, string zone, string problem) =>
        Assert.Contains(problem, (Catalog.All.First().Block with { DailyQuota = quota, QuotaZone = zone }).Problems());

    [Theory]
    [MemberData(nameof(Keys))]
    public void The_schedule_of_a_day_fits_into_the_daily_quota(string key)
    {
        var provider = Catalog.Find(key)!;
        var (block, day) = (provider.Block, Week.Today);
        DateTimeOffset midnight = new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var fetches = block.Schedule.Length == 0
            ? 0
            : CronExpression.Parse(block.Schedule, CronFormat.IncludeSeconds, key.Length).GetOccurrences(
                midnight, midnight.AddDays(1), TimeZoneInfo.FindSystemTimeZoneById(block.Calendar.Zone)).Count();

        var requests = fetches * provider.Requests(new(day.AddDays(-block.Lookback), day, day)).Count();

        Assert.True(block.DailyQuota == 0 || requests <= block.DailyQuota, $"{requests} scheduled requests of {block.DailyQuota} a day");
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Schedule_fires_within_a_quarter(string key)
    {
        var block = Catalog.Find(key)!.Block;
        if (block.Schedule.Length == 0)
        {
            // A closed history is requested once, and by backfill.
            Assert.Equal(Cadence.None, block.Calendar.Cadence);
            return;
        }

        var now = new DateTimeOffset(2026, 8, 20, 0, 0, 0, TimeSpan.Zero);

        var cron = CronExpression.Parse(block.Schedule, CronFormat.IncludeSeconds, key.Length);

        Assert.InRange(cron.GetNextOccurrence(now, TimeZoneInfo.FindSystemTimeZoneById(block.Calendar.Zone))!.Value, now, now.AddDays(93));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Only_verified_providers_are_enabled_and_the_others_say_why_not(string key)
    {
        var block = Catalog.Find(key)!.Block;

        Assert.True(block.Verified || !block.Enabled, "enabled without a recorded answer that was read");
        Assert.True(block.Enabled || block.Note.Length > 0, "not enabled, and no note says why");
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Requests_go_to_the_block_s_own_hosts(string key)
    {
        var provider = Catalog.Find(key)!;
        var hosts = provider.Block.Addresses.Values.Append(provider.Block.Address).OfType<Uri>().Select(address => address.Host)
            .ToHashSet();

        foreach (var request in provider.Requests(Week).Concat(provider.Requests(Year)))
        {
            var address = request.Resolve(provider.Block);

            Assert.Contains(address.Host, hosts);
            Assert.True(address.Scheme is "https" || PlainHosts.Contains(address.Host), $"{address} is not https");
            Assert.DoesNotContain("{", address.AbsoluteUri.Replace("%7B", "{", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.Equal(request.Method == "POST", request.Body is not null);
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_day_and_a_year_can_be_asked_for(string key)
    {
        var provider = Catalog.Find(key)!;
        var standing = provider.Standing(FetchWindow.Of(Week.Today, Week.Today)).Any();

        Assert.True(standing || provider.Requests(FetchWindow.Of(Week.Today, Week.Today)).Any(), "nothing to ask for, and nothing stands");
        Assert.InRange(provider.Requests(Year).Count(), standing ? 0 : 1, 2_000);
        Assert.Equal(provider.Requests(Year).Select(Name), provider.Requests(Year).Select(Name));
    }

    private static (string, string, string?, string) Name(ProviderRequest request) =>
        (request.Method, request.Path, request.Body, request.Origin);
}
