using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Rates.Core;

namespace Rates.Store.Tests;

/// <summary>Records that a start of the program reads are read without the serializer, to the same values.</summary>
public sealed class StoredObjectTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 20, 14, 2, 11, 250, TimeSpan.Zero);

    private static readonly IReadOnlyList<OddRow> Rows = [new("line 3", "no rate"), new("<b>", "\"é\" is not a number")];

    private static readonly ProviderProfile Profile = new()
    {
        Key = "nbp-a",
        Name = "Narodowy Bank Polski, Ł",
        Country = "PL",
        Pivot = Currency.Parse("PLN"),
        Kind = RateKind.CashBid,
        Category = ProviderCategory.Compliance,
        Facts = new() { Publishes = "daily", Direction = "PLN for 1", Units = "100", Attribution = "NBP", RecordedAnswers = 7 },
        Terms = "free",
        Calendar = new()
        {
            Cadence = Cadence.Weekly,
            Days = "WED",
            At = new(11, 45, 30),
            Zone = "Europe/Warsaw",
            Grace = TimeSpan.FromMinutes(95),
            Holidays = "pl",
            Lag = -1,
            DayOfMonth = 3,
        },
        HistoryFrom = new(2002, 1, 2),
        HistoryUntil = new(2026, 8, 20),
        Independence = "nbp",
        Verified = true,
        Enabled = true,
        Note = "a note",
        NeedsKey = true,
        LeastGap = TimeSpan.FromSeconds(90),
    };

    private static readonly StoredScheduleAndHealth State = new(
        new()
        {
            Cron = "0 0 12 ? * MON-FRI",
            Every = TimeSpan.FromMinutes(5),
            Zone = "Europe/Warsaw",
            Enabled = false,
            Reset = true,
            MinimumGap = TimeSpan.FromMinutes(2),
            Revision = 4,
            By = "alice",
            At = Now,
        },
        new()
        {
            LastAttemptAt = Now,
            LastSuccessAt = Now.AddDays(-1),
            Failures = 2,
            Reason = "timed out",
            Quarantined = 1,
            OddRows = 2,
            FirstOddRows = Rows,
            RefusedRows = 3,
            FirstRefusedRows = Rows,
            FirstReleasedRows = Rows,
            NotBefore = Now.AddHours(1),
            ScheduleProblem = "none",
        });

    private static readonly AccessKey Key = new()
    {
        Label = "shop",
        Role = AccessRole.Ops,
        Digest = "abc",
        CreatedAt = Now,
        ExpiresAt = Now.AddDays(90),
        DefaultProviders = ["ecb", "boc"],
        RequestsPerMinute = 60,
    };

    private static readonly RateSheet Sheet = new()
    {
        Provider = "nbp-a",
        AsOf = new(2026, 8, 20),
        PublishedAt = Now,
        FetchedAt = Now,
        CheckedAt = Now.AddMinutes(1),
        NextExpectedAt = Now.AddDays(1),
        Source = "https://example.org/a?b=c&d",
        Revised = true,
        Seeded = true,
        Version = 12,
        PublishedVersion = 11,
        Epoch = "1-a",
        Observations =
        [
            new(new(2026, 8, 20), CurrencyPair.Parse("EUR/PLN"), 4.2500m, RateKind.Reference) { At = Now, IsUnconfirmed = true },
            new(new(2026, 8, 19), CurrencyPair.Parse("USD/PLN"), 0.00000000012300m, RateKind.SightBid),
        ],
    };

    /// <summary>Each reader with a record that has another value than a new one in every member.</summary>
    public static TheoryData<string> Readers => ["profile", "state", "schedule", "health", "calendar", "facts", "user", "key", "sheet"];

    [Theory]
    [MemberData(nameof(Readers))]
    public void Every_member_is_read_as_the_serializer_reads_it(string name)
    {
        var (read, full, type) = Of(name);
        var whole = Json(full, type);

        Assert.Equal(Text(full, type), Text(read(whole.ToJsonString()), type));
        foreach (var member in whole.Select(member => member.Key).ToArray())
        {
            Without(name, whole, member, read, type);
            foreach (var wrong in (string[])["null", "true", "-1", "1.5", "\"\"", "\"x\"", "[]", "[1]", "{}", "\"2026-02-30\""])
            {
                // The serializer takes any number for the value of an enumeration.
                if (wrong is not "-1" || !type.Properties.Single(each => each.Name == member).PropertyType.IsEnum)
                {
                    With(name, whole, member, wrong, read, type);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void The_record_of_the_test_has_no_member_left_out(string name)
    {
        var (_, full, type) = Of(name);
        var whole = Json(full, type);

        Assert.All(type.Properties.Where(member => member.Get is not null && !member.IsRequired), member =>
        {
            var less = whole.DeepClone().AsObject();
            less.Remove(member.Name);

            // The pairs of a sheet are written from the marks of its figures.
            Assert.True(
                member.Name is "unconfirmed" || Text(less.Deserialize(type)!, type) != Text(full, type), $"{name}: {member.Name}");
        });
    }

    [Fact]
    public void What_is_no_single_object_is_refused()
    {
        foreach (var text in (string[])["", "[]", "null", "{", "{\"cron\":\"\",\"zone\":\"\"}{}", "{\"cron\":\"\",\"zone\":\"\",}",
            "{\"cron\":\"\",\"zone\":\"\",\"zone\":\"\"}", "{\"cron\":\"\"}"])
        {
            Assert.ThrowsAny<JsonException>(() => ProviderJson.Schedule.Read(Encoding.UTF8.GetBytes(text)));
        }
    }

    [Fact]
    public void A_pair_that_a_release_up_to_0_2_marked_has_its_figures_marked()
    {
        var stored = Json(Sheet with { Observations = [.. Sheet.Observations.Select(figure => figure with { IsUnconfirmed = false })] },
            StoreFormat.Json.RateSheet);
        stored["unconfirmed"] = new JsonArray("USD/PLN");

        var read = SheetJson.Read(Encoding.UTF8.GetBytes(stored.ToJsonString()));

        Assert.Equal([CurrencyPair.Parse("USD/PLN")], read.Unconfirmed);
        Assert.Equal(
            Text(stored.Deserialize(StoreFormat.Json.RateSheet)!, StoreFormat.Json.RateSheet), Text(read, StoreFormat.Json.RateSheet));
    }

    private static (Func<string, object> Read, object Full, JsonTypeInfo Type) Of(string name)
    {
        return name switch
        {
            "profile" => (Reader(ProviderJson.Profile), Profile, StoreFormat.Json.ProviderProfile),
            "state" => (Reader(ProviderJson.ScheduleAndHealth), State, StoreFormat.Json.StoredScheduleAndHealth),
            "schedule" => (Reader(ProviderJson.Schedule), State.Schedule!, StoreFormat.Json.ScheduleDefinition),
            "health" => (Reader(ProviderJson.Health), State.Health!, StoreFormat.Json.ProviderHealth),
            "calendar" => (Reader(ProviderJson.Calendar), Profile.Calendar, TypeOf<PublicationCalendar>()),
            "user" => (Reader(AccessJson.User), new AccessUser { Role = AccessRole.Ops, Password = "hash" }, StoreFormat.Json.AccessUser),
            "key" => (Reader(AccessJson.Key), Key, StoreFormat.Json.AccessKey),
            "facts" => (Reader(ProviderJson.Facts), Profile.Facts, TypeOf<ProviderFacts>()),
            _ => (text => SheetJson.Read(Encoding.UTF8.GetBytes(text)), Sheet, StoreFormat.Json.RateSheet),
        };

        static Func<string, object> Reader<T>(StoredObject<T> reader)
            where T : class => text => reader.Read(Encoding.UTF8.GetBytes(text));

        static JsonTypeInfo TypeOf<T>() => StoreFormat.Json.RateSheet.Options.GetTypeInfo(typeof(T));
    }

    private static void Without(string name, JsonObject whole, string member, Func<string, object> read, JsonTypeInfo type)
    {
        var less = whole.DeepClone().AsObject();
        less.Remove(member);
        Same($"{name} without {member}", less.ToJsonString(), read, type);
    }

    private static void With(string name, JsonObject whole, string member, string value, Func<string, object> read, JsonTypeInfo type)
    {
        var changed = whole.DeepClone().AsObject();
        changed[member] = JsonNode.Parse(value);
        Same($"{name} with {member} {value}", changed.ToJsonString(), read, type);
    }

    private static void Same(string what, string text, Func<string, object> read, JsonTypeInfo type)
    {
        var (expected, actual) = (Outcome(() => JsonSerializer.Deserialize(text, type)!, type), Outcome(() => read(text), type));
        Assert.True(expected == actual, $"{what}: {expected}\n{actual}");
    }

    private static string Outcome(Func<object> read, JsonTypeInfo type)
    {
        try
        {
            return Text(read(), type);
        }
        catch (JsonException)
        {
            return "refused";
        }
    }

    private static JsonObject Json(object value, JsonTypeInfo type) => JsonSerializer.SerializeToNode(value, type)!.AsObject();

    private static string Text(object value, JsonTypeInfo type) => JsonSerializer.Serialize(value, type);
}
