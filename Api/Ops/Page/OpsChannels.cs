namespace Rates.Api;

/// <summary>Writes the channels of the process that answers the operators' page, below its workers.</summary>
internal static class OpsChannels
{
    /// <summary>Writes the table; a note where there is no channel.</summary>
    public static void Write(HtmlBuilder html, IReadOnlyList<ChannelState> channels)
    {
        if (channels.Count == 0)
        {
            html.Add($"""<p class="note">Channels: none. This process answers over HTTP only.</p>""");
            return;
        }

        OpsSections.Table(
            html, "Channels", "Channel", "State", "Address", "#Requests", "#Problems", "#Changes", "#Dead letters", "#Failures",
            "Last failure");
        foreach (var channel in channels)
        {
            html.Add($"""
                <tr><th scope="row">{channel.Name} ({channel.Type})</th><td data-label="State">
                <span class="status {(channel.IsOpen ? "fresh" : "missing")}">{(channel.IsOpen ? "open" : "closed")}</span></td>
                <td data-label="Address">{channel.Address}</td><td class="figure" data-label="Requests">{channel.Requests}</td>
                <td class="figure" data-label="Problems">{channel.Problems}</td>
                <td class="figure" data-label="Changes">{channel.Changes}</td>
                <td class="figure" data-label="Dead letters">{channel.DeadLetters}</td>
                <td class="figure" data-label="Failures">{channel.Failures}</td>
                <td data-label="Last failure">{channel.LastFailure ?? ""}</td></tr>
                """);
        }

        OpsSections.EndTable(html);
    }
}
