using System.Text.Json;

namespace Rates.Providers.Reading;

/// <summary>JSON-stat 2.0: a cube whose values are one flat array, in row-major order of its dimensions.</summary>
internal static class JsonStat
{
    /// <summary>Every cell that has a value.</summary>
    /// <exception cref="FormatException">The sizes, the categories and the values do not fit together.</exception>
    public static IEnumerable<JsonStatCell> Cells(JsonElement dataset)
    {
        var dimensions = dataset.Member("id").Items().Select(id => id.Text()).ToArray();
        var categories = dimensions.Select(id => Categories(dataset.Member("dimension").Member(id))).ToArray();
        if (!categories.Select(ids => ids.Length).SequenceEqual(dataset.Member("size").Items().Select(size => size.GetInt32())))
        {
            throw new FormatException("the sizes are not those of the dimensions");
        }

        var count = categories.Aggregate(1, (product, ids) => product * ids.Length);
        foreach (var (place, value) in Values(dataset.Member("value"), count))
        {
            yield return new JsonStatCell(Coordinates(dimensions, categories, place), value);
        }
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
    private static IEnumerable<(int Place, decimal Value)> Values(JsonElement values, int count)
    {
        if (values.ValueKind == JsonValueKind.Array && values.GetArrayLength() != count)
        {
            throw new FormatException($"{values.GetArrayLength()} values where the dimensions make {count}");
        }

        return from cell in values.ValueKind == JsonValueKind.Array
                   ? values.EnumerateArray().Select((value, place) => (Place: place, Value: value))
                   : values.Members().Select(member => (Place: (int)RateNumber.Parse(member.Name), member.Value))
               let figure = cell.Value.NumberOrNull()
               where figure is not null
               select cell.Place >= 0 && cell.Place < count
                   ? (cell.Place, figure.Value)
                   : throw new FormatException($"place {cell.Place} is outside the {count} places of the cube");
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

/// <summary>A value with the category of every dimension, by the dimension's id.</summary>
internal readonly record struct JsonStatCell(IReadOnlyDictionary<string, string> Categories, decimal Value)
{
    /// <summary>The category in the dimension called so.</summary>
    public string this[string dimension] =>
        Categories.TryGetValue(dimension, out var category) ? category : throw new FormatException($"dimension '{dimension}' is missing");
}
