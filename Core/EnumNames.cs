using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Rates.Core;

/// <summary>The names of the values of an enumeration as stored text and answers have them, such as <c>cash-bid</c>.</summary>
public static class EnumNames
{
    /// <summary>
    /// The name of each value, at the value's place: that of its <see cref="JsonStringEnumMemberNameAttribute"/>, or of the value itself
    /// where it has none.
    /// </summary>
    /// <param name="enumeration">An enumeration whose values count from 0 without a gap.</param>
    /// <exception cref="ArgumentException">Its values do not.</exception>
    /// <remarks>Not generic: what is generic over an enumeration is compiled when the program runs, at every start.</remarks>
    public static string[] Of([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] Type enumeration)
    {
        ArgumentNullException.ThrowIfNull(enumeration);
        var values = enumeration.GetFields(BindingFlags.Public | BindingFlags.Static);
        var names = new string[values.Length];
        foreach (var value in values)
        {
            var place = Convert.ToInt32(value.GetRawConstantValue(), CultureInfo.InvariantCulture);
            if (place < 0 || place >= names.Length || names[place] is not null)
            {
                throw new ArgumentException($"The values of {enumeration} do not count from 0", nameof(enumeration));
            }

            names[place] = value.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? value.Name;
        }

        return names;
    }
}
