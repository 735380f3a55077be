using Microsoft.Extensions.Configuration;
using Rates.Settings;

namespace Rates.Store.Tests;

/// <summary>How settings are read into options, and what is said of those that cannot be used.</summary>
public sealed class SettingsReaderTests
{
    [Fact]
    public void A_list_given_as_one_text_replaces_the_items_of_another_source()
    {
        var read = Read(
            ("Rates:Sample:Keys:0", "nbp"), ("Rates:Sample:Keys:1", "rba"), ("Rates:Sample:Keys:2", "snb"),
            ("Rates:Sample:Keys", "ecb, boc"));

        Assert.Empty(read.Problems);
        Assert.Equal(["ecb", "boc"], read.ToOptions().Keys);
    }

    [Theory]
    [InlineData("""{"Rates":{"Sample":{"Name":"a","NAME":"b"}}}""", "'Rates:Sample:NAME'")]
    [InlineData("""{"Rates":{"Sample":"a" "b"}}""", "LineNumber: 0")]
    public void A_file_that_cannot_be_read_is_told_with_its_reason(string json, string reason)
    {
        var folder = Directory.CreateTempSubdirectory("rates-settings-");
        try
        {
            var file = Path.Combine(folder.FullName, "appsettings.json");
            File.WriteAllText(file, json);

            var wrong = Assert.Throws<InvalidDataException>(() => new ConfigurationBuilder().AddJsonFile(file).Build());

            Assert.Contains(reason, SettingsCheck.WithCauses(wrong), StringComparison.Ordinal);
            Assert.Contains(file, SettingsCheck.WithCauses(wrong), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_list_given_item_by_item_is_read_as_before() =>
        Assert.Equal(["nbp", "rba"], Read(("Rates:Sample:Keys:0", "nbp"), ("Rates:Sample:Keys:1", "rba")).ToOptions().Keys);

    [Fact]
    public void An_empty_text_is_an_empty_list() => Assert.Empty(Read(("Rates:Sample:Keys", "")).ToOptions().Keys);

    [Fact]
    public void An_empty_list_of_one_source_gives_way_to_the_items_of_another() =>
        Assert.Equal(["nbp"], Read(("Rates:Sample:Keys:0", "nbp"), ("Rates:Sample:Keys", "")).ToOptions().Keys);

    [Fact]
    public void A_list_of_numbers_may_be_one_text_too() =>
        Assert.Equal([404, 410], Read(("Rates:Sample:Numbers", "404,410")).ToOptions().Numbers);

    [Fact]
    public void Every_problem_is_named_and_the_rest_is_used()
    {
        var read = Read(
            ("Rates:Sample:Kyes", "ecb"), ("Rates:Sample:Pause", "soon"), ("Rates:Sample:Numbers", "1,many"),
            ("Rates:Sample:Part:Wide", "1"), ("Rates:Sample:Part:Width", "7"),
            ("Rates:Sample:Name", "kept"));

        Assert.Equal(4, read.Problems.Count);
        Assert.Contains("Rates:Sample:Kyes is not a setting: did you mean 'Keys'?", read.Problems);
        Assert.Contains("Rates:Sample:Part:Wide is not a setting: did you mean 'Width'?", read.Problems);
        Assert.Contains(read.Problems, problem => problem.Contains("'soon' at 'Rates:Sample:Pause'", StringComparison.Ordinal));
        Assert.Contains(
            read.Problems,
            problem => problem.Contains("many", StringComparison.Ordinal) && problem.Contains("Numbers", StringComparison.Ordinal));
        Assert.Equal(("kept", TimeSpan.Zero), (read.ToOptions().Name, read.ToOptions().Pause));
    }

    [Fact]
    public void What_is_wrong_beside_an_unknown_name_of_the_same_part_is_named_too_and_the_rest_of_the_part_is_used()
    {
        var read = Read(
            ("Rates:Sample:Part:Wide", "1"), ("Rates:Sample:Part:Width", "much"), ("Rates:Sample:Part:Height", "7"));

        Assert.Equal(2, read.Problems.Count);
        Assert.Contains("Rates:Sample:Part:Wide is not a setting: did you mean 'Width'?", read.Problems);
        Assert.Contains(read.Problems, problem =>
            problem.StartsWith("Rates:Sample:Part:Width cannot be read: ", StringComparison.Ordinal)
                && problem.Contains("much", StringComparison.Ordinal));
        Assert.Equal(7, read.ToOptions().Part.Height);
    }

    [Fact]
    public void A_name_like_none_is_answered_with_all_there_are() =>
        Assert.Equal(
            "Rates:Sample:Colour is not a setting: known are Inner, Keys, Name, Numbers, Part, Pause",
            Assert.Single(Read(("Rates:Sample:Colour", "blue")).Problems));

    [Fact]
    public void A_section_inside_that_another_class_reads_is_left_alone() =>
        Assert.Empty(Read(("Rates:Sample:Inner:Anything", "1")).Problems);

    [Theory]
    [InlineData("Redsi", "did you mean 'Redis'?")]
    [InlineData("redis", "did you mean 'Redis'?")]
    [InlineData("RedisPaswordFile", "did you mean 'RedisPasswordFile'?")]
    [InlineData("Api.DefaultProviders", "known are Redis, RedisPasswordFile")]
    public void The_nearest_name_is_offered(string name, string hint) =>
        Assert.Equal(hint, NearestName.Hint(name, ["RedisPasswordFile", "Redis"]));

    private static SettingsRead<Sample> Read(params (string Name, string Value)[] settings) => SettingsReader.Read<Sample>(
        new ConfigurationBuilder().AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build());

    [SettingsSection("Rates:Sample", Inner = ["Inner"])]
    private sealed class Sample
    {
        public string Name { get; init; } = "";

        public TimeSpan Pause { get; init; }

        public IList<string> Keys { get; init; } = [];

        public int[] Numbers { get; init; } = [];

        public SamplePart Part { get; init; } = new();
    }

    private sealed class SamplePart
    {
        public int Width { get; init; }

        public int Height { get; init; }
    }
}
