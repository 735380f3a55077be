namespace Rates.Clock.Bench;

/// <summary>A line of the table.</summary>
/// <param name="Id">Which figure, such as SC-14.</param>
/// <param name="Case">What was tried.</param>
/// <param name="Expected">What must come of it.</param>
/// <param name="Found">What came of it.</param>
internal sealed record Row(string Id, string Case, string Expected, string Found)
{
    /// <summary>Whether both are the same.</summary>
    public bool Holds => Expected == Found;
}
