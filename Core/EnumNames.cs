using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Rates.Core;

/// <summary>The names of the values of an enumeration as stored text and answers have them, such as <c>cash-bid</c>.</summary>
public static class EnumNames
{
    /// <summary>
    /// The name of each value: that of its <see cref="JsonStringEnumMemberNameAttribute"/>, or of the value itself where it has none.
    /// </summary>
    public static FrozenDictionary<T, string> Of<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToFrozenDictionary(
            value => value,
            value => typeof(T).GetField(value.ToString())?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
                ?? value.ToString());
}
