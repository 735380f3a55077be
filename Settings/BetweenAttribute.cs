using System.ComponentModel.DataAnnotations;

namespace Rates.Settings;

/// <summary>
/// Limits a setting to a least and a greatest value, both included. The message names the setting as it is written, its value and both
/// limits.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BetweenAttribute : RangeAttribute
{
    /// <param name="least">The least value.</param>
    /// <param name="most">The largest value.</param>
    public BetweenAttribute(int least, int most)
        : base(least, most)
    {
    }

    /// <param name="least">The shortest time span, such as <c>00:00:00.100</c>.</param>
    /// <param name="most">The longest time span.</param>
    public BetweenAttribute(string least, string most)
        : base(typeof(TimeSpan), least, most) => ParseLimitsInInvariantCulture = true;

    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        var section = SettingsSectionAttribute.Of(validationContext.ObjectType).Path;
        return IsValid(value)
            ? ValidationResult.Success
            : new($"{section}:{validationContext.MemberName} '{value}' is not between {Minimum} and {Maximum}");
    }
}
