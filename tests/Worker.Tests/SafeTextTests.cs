
namespace Rates.Worker.Tests;

/// <summary>Text of a source is harmless in a log.</summary>
public sealed class SafeTextTests
{
    [Fact]
    public void A_reason_is_one_line_without_control_or_direction_characters() =>
        Assert.Equal("a  b c d e", SafeText.Safe("a\r\nb\u001bc\u202ed\u2066e", ""));

    [Fact]
    public void A_reason_has_at_most_512_characters() => Assert.Equal(512, SafeText.Safe(new string('x', 10_000), "").Length);

    [Fact]
    public void A_key_is_taken_out_in_each_of_its_forms() =>
        Assert.Equal("k=*** and ***", SafeText.Safe("k=a%2Fb%3D and a/b=", "a/b="));

    [Fact]
    public void An_excerpt_keeps_its_lines() => Assert.Equal("a\n\tb ", SafeText.Excerpt("a\n\tb\0", ""));
}
