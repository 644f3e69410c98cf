namespace Mdev.Tool.Inspect;

/// <summary>A cell that is other than it was.</summary>
/// <param name="Where">Section, row and column, for people.</param>
/// <param name="Before">What it was; <see langword="null"/> for a row that is new.</param>
/// <param name="Now">What it is; <see langword="null"/> for a row that is gone.</param>
internal sealed record Change(string Where, string? Before, string? Now)
{
    /// <summary>What is other in the second of two looks at a device, in the order in which it is shown.</summary>
    public static IEnumerable<Change> Between(IReadOnlyList<Section> before, IReadOnlyList<Section> now)
    {
        foreach (Section section in now)
        {
            Section? old = before.FirstOrDefault(s => s.Title == section.Title);
            foreach (string[] row in section.Rows)
            {
                if (RowOf(old, section.KeyOf(row)) is not { } was)
                {
                    yield return new(Name(section, row), null, string.Join(", ", row.Skip(section.Keys).Where(c => c.Length > 0)));
                    continue;
                }
                for (int column = section.Keys; column < row.Length; column++)
                {
                    if (row[column] != was[column])
                        yield return new(Name(section, row, column), was[column], row[column]);
                }
            }
        }
        foreach (Section section in before)
        {
            Section? next = now.FirstOrDefault(s => s.Title == section.Title);
            foreach (string[] row in section.Rows.Where(row => RowOf(next, section.KeyOf(row)) is null))
                yield return new(Name(section, row), string.Join(", ", row.Skip(section.Keys).Where(c => c.Length > 0)), null);
        }
    }

    /// <summary>A row of a section; <see langword="null"/> if it has none of that key.</summary>
    public static string[]? RowOf(Section? section, string key) => section?.Rows.FirstOrDefault(r => section.KeyOf(r) == key);

    /// <inheritdoc/>
    public override string ToString() => (Before, Now) switch
    {
        (null, _) => $"{Where}: new, {Now}",
        (_, null) => $"{Where}: gone, was {Before}",
        _ => $"{Where}: {Before} -> {Now}",
    };

    private static string Name(Section section, string[] row, int column = -1)
    {
        string name = string.Join(' ', row.Take(section.Keys).Where(c => c.Length > 0));
        string heading = column >= 0 && section.Headings.Length > column ? $" {section.Headings[column]}" : "";
        return section.Title.Length == 0 ? name + heading : $"{section.Title}: {name}{heading}";
    }
}
