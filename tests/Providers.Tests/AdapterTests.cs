using Rates.Core;
using Rates.Testing;

namespace Rates.Providers.Tests;

/// <summary>Every adapter reads its publisher's documents exactly: recorded ones where this machine has them, our own everywhere.</summary>
public sealed class AdapterTests
{
    private static readonly ProviderCatalog Catalog = ProviderCatalog.Shipped();

    public static IEnumerable<TheoryDataRow<string, string, string>> OwnDocuments() => Cases(CaptureFolder.Documents);

    public static IEnumerable<TheoryDataRow<string, string, string>> FaultCases() => CaptureFolder.FaultCases is { } root
        ? Cases(root)
        : [new("", "", "") { Skip = "no documents of known faults beside the project (../shared/cases, or the folder RATES_CASES names)" }];

    public static IEnumerable<TheoryDataRow<string, string, string>> Recorded() => CaptureFolder.Captures is { } root
        ? Cases(root)
        : [new("", "", "") { Skip = Recordings.NoCaptures }];

    [Theory]
    [MemberData(nameof(OwnDocuments))]
    public void Own_document_is_read_exactly(string key, string folder, string file) =>
        Reads(CaptureFolder.Documents, key, folder, file, asPublished: false);

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Recorded_answer_is_read_exactly(string key, string folder, string file) =>
        Reads(CaptureFolder.Captures!, key, folder, file, asPublished: true);

    [Theory]
    [MemberData(nameof(FaultCases))]
    public void Document_of_a_known_fault_is_read_as_what_it_means(string key, string folder, string file) =>
        Reads(CaptureFolder.FaultCases!, key, folder, file, asPublished: false);

    [Fact]
    public void Every_adapter_has_a_document_of_its_own() =>
        Assert.Equal(
            Catalog.All.Select(provider => provider.Key),
            CaptureFolder.All(CaptureFolder.Documents).Where(folder => folder.Files.Any(file => folder.Expected(file).Count > 0))
                .Select(folder => folder.Name));

    [Fact]
    public void Every_recorded_answer_of_a_folder_in_use_proves_one_provider()
    {
        Assert.SkipUnless(CaptureFolder.Captures is not null, Recordings.NoCaptures);
        var proofs = Catalog.All.SelectMany(CaptureFolder.Proofs).ToList();

        Assert.Equal(proofs.Distinct(), proofs);
        Assert.All(proofs.Select(proof => proof.Folder).Distinct(), folder =>
            Assert.Empty(folder.Files.Except(proofs.Where(proof => proof.Folder == folder).Select(proof => proof.File))));
    }

    [Fact]
    public void Own_documents_say_that_they_are_synthetic() =>
        Assert.All(CaptureFolder.All(CaptureFolder.Documents), folder =>
            Assert.StartsWith("synthetic", File.ReadAllText(Path.Combine(folder.Path, "origin.txt")), StringComparison.Ordinal));

    [Fact]
    public void At_most_twenty_expected_rows_are_left_out() => Assert.InRange(LeftOut.Count, 0, 20);

    /// <param name="asPublished">True where some expected rows stand under the label that the publisher printed.</param>
    private static void Reads(string root, string key, string name, string file, bool asPublished)
    {
        var folder = CaptureFolder.All(root).Single(folder => folder.Name == name);
        var provider = Catalog.Find(key)!;
        if (folder.Expected(file).All(row => LeftOut.Contains(name, row)) && !Unlisted.Rows(name, file).Any())
        {
            Assert.Empty(ReadOrRefuse(provider, folder.Body(file)));
            return;
        }

        var read = provider.Labels.Resolve(provider.Read(folder.Body(file)).Observations).Figures;
        var differences = Comparison.Differences(folder, file, provider.Block.Pivot, read, asPublished ? Names(provider) : null);

        Assert.True(differences.Count == 0, $"{differences.Count} differences\n{string.Join('\n', differences.Take(20))}");
    }

    // What a recorded answer is expected to say is divided by the true units already.
    private static LabelTable Names(RateProvider provider) =>
        LabelTable.Of([.. provider.Block.Labels.Where(rule => rule.Means.Length + rule.NoRate.Length > 0)]);

    private static IReadOnlyList<Observation> ReadOrRefuse(RateProvider provider, ProviderBody body)
    {
        try
        {
            return provider.Read(body).Observations;
        }
        catch (ProviderException)
        {
            return [];
        }
    }

    // The datasets of an institution share its folder of known faults.
    private static RateProvider Reader(RateProvider named, ProviderBody body) => Catalog.All
        .FirstOrDefault(one => ProviderKey.Institution(one.Key) == named.Key && ReadOrRefuse(one, body).Count > 0) ?? named;

    private static IEnumerable<TheoryDataRow<string, string, string>> Cases(string root) =>
        from folder in CaptureFolder.All(root)
        from file in folder.Files
        let provider = root == CaptureFolder.Captures
            ? Catalog.All.FirstOrDefault(provider => folder.Proves(provider, file))
            : Catalog.Find(folder.Name) is { } named && root == CaptureFolder.FaultCases
                ? Reader(named, folder.Body(file))
                : Catalog.Find(folder.Name)
        where provider is not null
        select new TheoryDataRow<string, string, string>(provider.Key, folder.Name, file);
}
