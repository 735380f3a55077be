using System.Text;
using System.Text.Json;

namespace Rates.Store;

/// <summary>Reads the value that the reader stands on and returns <paramref name="record"/> with it.</summary>
internal delegate T MemberReader<T>(ref Utf8JsonReader reader, T record);

/// <summary>Reads one member: its value as stored.</summary>
internal delegate T ValueReader<out T>(ref Utf8JsonReader reader);

/// <summary>
/// Reads records of one type from stored JSON, member by member. Each start of the program reads some hundred of these records before its
/// first answer; the serializer would first spend more time on building its own readers than on reading.
/// </summary>
/// <remarks>
/// As with the serializer, members of later releases are ignored, and those that an earlier release did not store have the values of a new
/// record. A test compares both on every member.
/// </remarks>
/// <param name="empty">A record without any member read.</param>
/// <param name="required">How many of the first members must be there.</param>
/// <param name="members">At most 64, by their names in JSON.</param>
internal sealed class StoredObject<T>(Func<T> empty, int required, params (string Name, MemberReader<T> Read)[] members)
    where T : class
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 16 };

    private readonly byte[][] _names = Array.ConvertAll(members, member => Encoding.UTF8.GetBytes(member.Name));

    /// <summary>Reads a whole text.</summary>
    /// <exception cref="JsonException">It is not the JSON of such a record.</exception>
    public T Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Strict);
        reader.Read();
        var record = Read(ref reader);
        return reader.Read() ? throw new JsonException("there is more than one value") : record;
    }

    /// <summary>Reads the object that the reader stands at the begin of, up to its end.</summary>
    /// <exception cref="JsonException">It is not the JSON of such a record.</exception>
    public T Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"{typeof(T).Name} is not an object");
        }

        var record = empty();
        var (seen, expected) = (0UL, 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var place = PlaceOf(ref reader, expected);
            reader.Read();
            if (place < 0)
            {
                reader.Skip();
                continue;
            }

            if ((seen & 1UL << place) != 0)
            {
                throw new JsonException($"{members[place].Name} is there twice");
            }

            seen |= 1UL << place;
            expected = place + 1;
            record = ReadMember(ref reader, place, record);
        }

        for (var place = 0; place < required; place++)
        {
            if ((seen & 1UL << place) == 0)
            {
                throw new JsonException($"{members[place].Name} is missing");
            }
        }

        return record;
    }

    private T ReadMember(ref Utf8JsonReader reader, int place, T record)
    {
        try
        {
            return members[place].Read(ref reader, record);
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or FormatException)
        {
            throw new JsonException($"{members[place].Name}: {wrong.Message}", wrong);
        }
    }

    // Members mostly come in the order of the list.
    private int PlaceOf(ref Utf8JsonReader reader, int expected)
    {
        for (var step = 0; step < _names.Length; step++)
        {
            var place = (expected + step) % _names.Length;
            if (reader.ValueTextEquals(_names[place]))
            {
                return place;
            }
        }

        return -1;
    }
}
