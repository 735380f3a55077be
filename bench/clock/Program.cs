using Rates.Clock.Bench;

// Clock.Bench: the table. Clock.Bench --slots: a digest of many slots, as this process with its zone and culture sees them.
if (args.Contains("--slots"))
{
    Console.WriteLine(ProcessZones.Digest());
    return 0;
}

List<Row> rows =
[
    .. BadEdits.Rows(), .. await DamagedSchedules.RowsAsync(), .. await ClockSteps.RowsAsync(), .. await ProcessZones.RowsAsync(),
    .. ClockChanges.Rows(),
];
Console.WriteLine($"{"id",-6} {"case",-62} {"expected",-34} {"found",-34} holds");
foreach (var row in rows)
{
    Console.WriteLine($"{row.Id,-6} {row.Case,-62} {row.Expected,-34} {row.Found,-34} {(row.Holds ? "yes" : "NO")}");
}

Console.WriteLine($"{rows.Count(row => row.Holds)} of {rows.Count} hold");
return rows.All(row => row.Holds) ? 0 : 1;
