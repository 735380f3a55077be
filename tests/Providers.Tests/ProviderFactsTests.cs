using System.Text.RegularExpressions;
using Rates.Testing;

namespace Rates.Providers.Tests;

/// <summary>What the blocks say of their sources is what the documents and the recorded answers show.</summary>
/// <remarks>
/// A fact that is there must be right; one that is not there yet is no error, so that adding a provider touches its own three places
/// only. <c>RATES_UPDATE=1</c> writes the direction and the number of recorded answers into every block.
/// </remarks>
public sealed class ProviderFactsTests
{
    private static readonly ProviderCatalog Catalog = ProviderCatalog.Shipped();

    public static IEnumerable<TheoryDataRow<string>> Keys() => Catalog.All.Select(provider => new TheoryDataRow<string>(provider.Key));

    [Theory]
    [MemberData(nameof(Keys))]
    public void The_direction_is_that_of_the_documents(string key)
    {
        var provider = Catalog.Find(key)!;
        if (Goldens.Update)
        {
            Write(provider, "direction", $"\"{Direction(provider)}\"", "publishes|category");
            return;
        }

        Assert.True(provider.Block.Direction.Length == 0 || provider.Block.Direction == Direction(provider),
            $"the block says '{provider.Block.Direction}', the documents '{Direction(provider)}'");
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void The_number_of_recorded_answers_is_that_of_the_captures(string key)
    {
        Assert.SkipUnless(CaptureFolder.Captures is not null, Recordings.NoCaptures);
        var provider = Catalog.Find(key)!;
        var recorded = CaptureFolder.Proofs(provider).Count(proof => proof.Folder.Expected(proof.File).Count > 0);
        if (Goldens.Update && recorded > 0 && provider.Block.Verified)
        {
            Write(provider, "recordedAnswers", $"{recorded}", "verified|note|enabled|terms");
            return;
        }

        Assert.True(provider.Block.RecordedAnswers == 0 || provider.Block.RecordedAnswers == recorded,
            $"the block says {provider.Block.RecordedAnswers}, the captures hold {recorded}");
        Assert.True(provider.Block.Verified || provider.Block.RecordedAnswers == 0, "recorded answers are there, and it is not verified");
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Facts_are_short_and_plain(string key)
    {
        var block = Catalog.Find(key)!.Block;

        Assert.All(new[] { block.Publishes, block.Direction, block.Units, block.Attribution }, fact =>
        {
            Assert.InRange(fact.Length, 0, 200);
            Assert.DoesNotMatch("[<>]|\\.$", fact);
        });
    }

    private static string Direction(RateProvider provider)
    {
        var home = provider.Block.Pivot;
        var pairs = OwnDocument.Of(provider.Key).SelectMany(document => document.Figures).Select(figure => figure.Pair)
            .Concat(provider.Standing(new(new(2026, 8, 20), new(2026, 8, 20), new(2026, 8, 20))).Select(figure => figure.Pair)).Distinct()
            .ToList();
        return (home.Length, pairs.TrueForAll(pair => pair.Base.Code == home), pairs.TrueForAll(pair => pair.Quote.Code == home)) switch
        {
            ( > 0, true, _) => $"1 {home} = x foreign",
            ( > 0, _, true) => $"1 foreign = x {home}",
            _ => "1 of the first currency of each pair = x of the second",
        };
    }

    // In place of the value that is there, else behind the first of the members given; the rest of the file stays as it is.
    private static void Write(RateProvider provider, string member, string value, string behind)
    {
        var path = Path.Combine(Repository.Root, "Providers", ProviderBlock.FileOf(provider.GetType()));
        var text = File.ReadAllText(path);
        var place = behind.Split('|').Prepend(member).Select(name => Line(name).Match(text)).First(match => match.Success);
        var line = place.Groups["name"].Value == member ? "" : place.Groups["line"].Value + ",\n";
        File.WriteAllText(
            path, $"{text[..place.Index]}{line}  \"{member}\": {value}{place.Groups["comma"].Value}{text[(place.Index + place.Length)..]}");
    }

    private static Regex Line(string name) =>
        new($"^(?<line>  \"(?<name>{name})\": (?!.*[\\[{{]$).*?)(?<comma>,?)$", RegexOptions.Multiline, TimeSpan.FromSeconds(1));
}
