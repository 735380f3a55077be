using System.Globalization;
using System.Text.Json;

namespace Rates.Providers;

/// <summary>
/// Reads JSON-stat 2.0, a format of statistical offices: a cube whose values are one flat array, in row-major order of its dimensions.
/// </summary>
internal static class JsonStat
{
    /// <summary>Every cell that has a value.</summary>
    /// <exception cref="FormatException">The sizes, the categories and the values do not fit together.</exception>
    public static RowQuery<JsonStatCell> Cells(ProviderBody body)
    {
        var dataset = body.Json();
        var dimensions = dataset.Member("id").Items().Select(id => id.Text()).ToArray();
        var categories = dimensions.Select(id => Categories(dataset.Member("dimension").Member(id))).ToArray();
        if (!categories.Select(ids => ids.Length).SequenceEqual(dataset.Member("size").Items().Select(size => size.GetInt32())))
        {
            throw new FormatException("the sizes are not those of the dimensions");
        }

        var count = categories.Aggregate(1, (product, ids) => product * ids.Length);
        return from cell in body.Rows(Values(dataset.Member("value"), count), "value", cell => cell.Place)
               let figure = cell.Value.NumberOrNull()
               where figure is not null
               let place = (int)RateNumber.Parse(cell.Place)
               select place >= 0 && place < count
                   ? new JsonStatCell(Coordinates(dimensions, categories, place), figure.Value)
                   : throw new FormatException($"place {place} is outside the {count} places of the cube");
    }

    // An index is an array of ids, an object of id and place, or left out where a dimension has one category only.
    private static string[] Categories(JsonElement dimension)
    {
        var category = dimension.Member("category");
        return category.Optional("index") switch
        {
            null => [.. category.Member("label").Members().Select(label => label.Name)],
            { ValueKind: JsonValueKind.Array } index => [.. index.Items().Select(id => id.Text())],
            { } index => [.. index.Members().OrderBy(place => place.Value.GetInt32()).Select(place => place.Name)],
        };
    }

    // Sparse cubes give an object of place and value instead of an array with nulls.
    private static IEnumerable<(string Place, JsonElement Value)> Values(JsonElement values, int count)
    {
        if (values.ValueKind == JsonValueKind.Array && values.GetArrayLength() != count)
        {
            throw new FormatException($"{values.GetArrayLength()} values where the dimensions make {count}");
        }

        return values.ValueKind == JsonValueKind.Array
            ? values.EnumerateArray().Select((value, place) => (place.ToString(CultureInfo.InvariantCulture), value))
            : values.Members().Select(member => (member.Name, member.Value));
    }

    private static Dictionary<string, string> Coordinates(string[] dimensions, string[][] categories, int place)
    {
        Dictionary<string, string> coordinates = new(dimensions.Length);
        for (var dimension = dimensions.Length - 1; dimension >= 0; dimension--)
        {
            coordinates[dimensions[dimension]] = categories[dimension][place % categories[dimension].Length];
            place /= categories[dimension].Length;
        }

        return coordinates;
    }
}

/// <summary>A value of a JSON-stat cube, with the category of every dimension, by the dimension's id.</summary>
internal readonly record struct JsonStatCell(IReadOnlyDictionary<string, string> Categories, decimal Value)
{
    /// <summary>The category in the dimension called so.</summary>
    public string this[string dimension] =>
        Categories.TryGetValue(dimension, out var category) ? category : throw new FormatException($"dimension '{dimension}' is missing");
}
