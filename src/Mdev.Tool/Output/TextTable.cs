using Spectre.Console;

namespace Mdev.Tool.Output;

/// <summary>A table for people. Scripts get mdevctl's lines instead, see <see cref="Surroundings.IsForPeople"/>.</summary>
internal static class TextTable
{
    /// <summary>Prints rows under headings.</summary>
    /// <param name="surroundings">Where to.</param>
    /// <param name="headings">One a column.</param>
    /// <param name="rows">As many cells each as there are headings.</param>
    public static void Print(Surroundings surroundings, string[] headings, IEnumerable<string[]> rows)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string heading in headings)
            table.AddColumn(new TableColumn(Markup.Escape(heading)).NoWrap());
        foreach (string[] row in rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        surroundings.Screen.Write(table);
    }
}
