using Rates.Core;

namespace Rates.Providers.Tests;

/// <summary>
/// A unit or a direction that a source changes overnight is held back, at every adapter: its own document is yesterday's sheet.
/// </summary>
public sealed class IngestOfDocumentsTests
{
    /// <summary>A figure this near to 1 looks alike both ways round.</summary>
    private const decimal Parity = 1.06m;

    [Theory]
    [MemberData(nameof(OwnDocument.Keys), MemberType = typeof(OwnDocument))]
    public void A_figure_published_per_hundred_is_refused(string key) =>
        Refuses(key, figure => figure.Rate > 0, figure => figure with { Rate = figure.Rate * 100 });

    [Theory]
    [MemberData(nameof(OwnDocument.Keys), MemberType = typeof(OwnDocument))]
    public void A_figure_published_the_other_way_round_is_refused(string key) =>
        Refuses(key, figure => figure.Rate is > Parity or (> 0 and < 1 / Parity), figure => figure with { Rate = 1 / figure.Rate });

    private static void Refuses(string key, Func<Observation, bool> tells, Func<Observation, Observation> change)
    {
        var profile = ProviderCatalog.Shipped().Find(key)!.Block.Profile(key);
        var documents = OwnDocument.Of(key).Where(document => document.Figures.Count > 0).ToList();

        Assert.NotEmpty(documents);
        Assert.All(documents, document =>
        {
            var good = document.Figures;
            var context = new IngestContext { Profile = profile, Previous = Sheet(profile, good), Today = good.Max(figure => figure.AsOf) };
            foreach (var (place, figure) in good.Index().Where(entry => IsNewest(entry.Item, good) && tells(entry.Item)))
            {
                var changed = change(figure);

                var verdict = IngestRules.Check([.. good.Take(place), changed, .. good.Skip(place + 1)], context);

                Assert.DoesNotContain(changed, UnconfirmedMarks.Cleared(verdict.Accepted));
                Assert.True(
                    verdict.Refused.Any(refusal => refusal.Observation == changed) || verdict.SheetReasons.Count > 0,
                    $"{changed} vanished without a reason");
            }
        });
    }

    // Older days are history: they are not measured against the present.
    private static bool IsNewest(Observation figure, IReadOnlyList<Observation> figures) =>
        !figures.Any(other => other.Pair == figure.Pair && other.Kind == figure.Kind && other.AsOf > figure.AsOf);

    private static RateSheet Sheet(ProviderProfile profile, IReadOnlyList<Observation> figures) => new()
    {
        Provider = profile.Key,
        AsOf = figures.Max(figure => figure.AsOf),
        FetchedAt = DateTimeOffset.UnixEpoch,
        CheckedAt = DateTimeOffset.UnixEpoch,
        Observations = figures,
    };
}
