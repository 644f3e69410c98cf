using Mdev.Bench.Reporting;

namespace Mdev.Bench.Questions;

/// <summary>One thing to find out; it prints its lines of the table.</summary>
internal interface IQuestion
{
    string Name { get; }

    void Answer(Report report, Settings settings);
}
