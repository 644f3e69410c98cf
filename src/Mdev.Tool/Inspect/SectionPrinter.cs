using Spectre.Console;
using Spectre.Console.Rendering;

namespace Mdev.Tool.Inspect;

/// <summary>Sections as tables; cells that are other than they were stand out.</summary>
internal static class SectionPrinter
{
    /// <summary>All of them, one below the other.</summary>
    /// <param name="sections">What to show.</param>
    /// <param name="before">What was shown before; <see langword="null"/> at the first look.</param>
    public static IRenderable Render(IReadOnlyList<Section> sections, IReadOnlyList<Section>? before = null) =>
        new Rows(sections.Select(s => Render(s, before?.FirstOrDefault(b => b.Title == s.Title), isFirst: before is null)));

    private static IRenderable Render(Section section, Section? before, bool isFirst)
    {
        bool hasHeadings = section.Headings.Length > 0;
        Table table = new Table().Border(hasHeadings ? TableBorder.Simple : TableBorder.None);
        table.ShowHeaders = hasHeadings;
        foreach (string heading in hasHeadings ? section.Headings : ["", ""])
        {
            TableColumn column = new TableColumn(Markup.Escape(heading)).PadLeft(hasHeadings ? 1 : 0).PadRight(hasHeadings ? 1 : 2);
            table.AddColumn(hasHeadings && heading is "Meaning" or "Contents" ? column : column.NoWrap());
        }

        foreach (string[] row in section.Rows)
        {
            string[]? was = Change.RowOf(before, section.KeyOf(row));
            table.AddRow([.. row.Select((cell, i) => Cell(cell, !isFirst && (was is null || was[i] != cell)))]);
        }
        return section.Title.Length == 0 ? table : new Rows(new Text(""), new Markup($"[bold]{Markup.Escape(section.Title)}[/]"), table);
    }

    private static Markup Cell(string text, bool hasChanged) =>
        new(hasChanged ? $"[black on yellow]{Markup.Escape(text)}[/]" : Markup.Escape(text));
}
