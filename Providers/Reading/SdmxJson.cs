using System.Globalization;
using System.Text.Json;

namespace Rates.Providers;

/// <summary>
/// Reads SDMX-JSON 1.0 data messages: observations grouped in series, or flat. A value's key is the places of its dimensions' values.
/// </summary>
internal static class SdmxJson
{
    private const int MostPower = 6;

    /// <summary>Every observation that has a value.</summary>
    /// <exception cref="FormatException">It is no data message with one data set, or a key does not fit the dimensions.</exception>
    public static RowQuery<SdmxJsonObservation> Observations(ProviderBody body)
    {
        var root = body.Json();
        var (dimensions, attributes) = (root.Member("structure").Member("dimensions"), root.Member("structure").Member("attributes"));
        var (inSeries, inObservation) = (Components(dimensions.Member("series")), Components(dimensions.Member("observation")));
        var (ofSeries, ofObservation) = (Components(attributes.Member("series")), Components(attributes.Member("observation")));
        var sets = root.Member("dataSets").Items().ToList();
        var set = sets.Count == 1 ? sets[0] : throw new FormatException($"{sets.Count} data sets where one was expected");
        List<KeyValuePair<string, string>> whole =
            [.. Fixed(dimensions.Member("dataSet")), .. Attributes(Components(attributes.Member("dataSet")), PlacesOf(set))];
        return set.Optional("series") is { } series
            ? from one in body.Rows(series.Members(), "series", one => one.Name)
              let names = whole.Concat(Names(inSeries, one.Name)).Concat(Attributes(ofSeries, PlacesOf(one.Value))).ToList()
              from figure in body.Members(one.Value.Member("observations"))
              let value = Value(figure.Value)
              where value is not null
              select new SdmxJsonObservation(Joined(names, figure, inObservation, ofObservation), value.Value)
            : from figure in body.Members(set.Member("observations"))
              let value = Value(figure.Value)
              where value is not null
              select new SdmxJsonObservation(Joined(whole, figure, inObservation, ofObservation), value.Value);
    }

    // An observation is an array: its value, then the places of its attributes. Null is a gap in the series.
    private static decimal? Value(JsonElement observation) =>
        observation.Items().FirstOrDefault() is { ValueKind: not JsonValueKind.Undefined } value
            ? value.NumberOrNull(NumberForm.Point, "NaN")
            : throw new FormatException("an observation is an empty array");

    private static Dictionary<string, string> Joined(
        IEnumerable<KeyValuePair<string, string>> names, JsonProperty observation,
        (string Id, string[] Values)[] dimensions, (string Id, string[] Values)[] attributes) =>
        names.Concat(Names(dimensions, observation.Name)).Concat(Attributes(attributes, observation.Value.Items().Skip(1)))
            .ToDictionary(StringComparer.Ordinal);

    private static (string Id, string[] Values)[] Components(JsonElement components) =>
    [
        .. components.Items().Select(component => (
            component.Member("id").Text(),
            component.Member("values").Items().Select(value => (value.Optional("id") ?? value.Member("name")).Text()).ToArray())),
    ];

    // The dimensions that all observations of the set have in common have one value each.
    private static List<KeyValuePair<string, string>> Fixed(JsonElement components) =>
    [
        .. Components(components).Select(component => component.Values is [var only]
            ? KeyValuePair.Create(component.Id, only)
            : throw new FormatException($"dimension '{component.Id}' of the data set has {component.Values.Length} values, not one")),
    ];

    // A key such as 0:3 has one place for each dimension.
    private static IEnumerable<KeyValuePair<string, string>> Names((string Id, string[] Values)[] dimensions, string key)
    {
        var places = key.Split(':');
        return places.Length == dimensions.Length
            ? dimensions.Zip(places, (dimension, place) => KeyValuePair.Create(dimension.Id, At(dimension, place)))
            : throw new FormatException($"key '{key}' has {places.Length} places for {dimensions.Length} dimensions");
    }

    private static JsonElement.ArrayEnumerator PlacesOf(JsonElement owner) => owner.Optional("attributes")?.Items() ?? default;

    // The place of an attribute that is not stated is null, or left out at the end.
    private static IEnumerable<KeyValuePair<string, string>> Attributes(
        (string Id, string[] Values)[] attributes, IEnumerable<JsonElement> places) =>
        attributes.Zip(places).Where(attribute => attribute.Second.ValueKind != JsonValueKind.Null)
            .Select(attribute => KeyValuePair.Create(attribute.First.Id, At(attribute.First, attribute.Second.Text())));

    private static string At((string Id, string[] Values) component, string place) =>
        int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < component.Values.Length
            ? component.Values[index]
            : throw new FormatException($"'{component.Id}' has no value at place '{place}'");

    /// <summary>Ten to the power of the attribute UNIT_MULT: how many base units the figure is for; 1 where it is not stated.</summary>
    public static decimal Units(SdmxJsonObservation observation)
    {
        var power = observation.Names.TryGetValue("UNIT_MULT", out var text) ? RateNumber.Parse(text) : 0;
        var units = 1m;
        for (; power >= 1 && power <= MostPower; power--)
        {
            units *= 10;
        }

        return power == 0 ? units : throw new FormatException($"UNIT_MULT {text} is out of range");
    }
}

/// <summary>A value with the names of its dimensions' values and of its series' attributes, by the id of each.</summary>
internal readonly record struct SdmxJsonObservation(IReadOnlyDictionary<string, string> Names, decimal Value)
{
    /// <summary>The value of the dimension or attribute called so.</summary>
    public string this[string id] => Names.TryGetValue(id, out var name) ? name : throw new FormatException($"'{id}' is missing");
}
