namespace Mdev.Tool.Inspect;

/// <summary>A part of what is shown of a device.</summary>
/// <param name="Title">What is over it; empty for the first.</param>
/// <param name="Headings">One a column; none for lines of a name and a value.</param>
/// <param name="Keys">How many of the first columns say which row it is; two rows with the same differ in what comes behind.</param>
/// <param name="Rows">As many cells each as there are headings, or two.</param>
internal sealed record Section(string Title, string[] Headings, int Keys, IReadOnlyList<string[]> Rows)
{
    /// <summary>Which row it is.</summary>
    public string KeyOf(string[] row) => string.Join('\n', row.Take(Keys));
}
