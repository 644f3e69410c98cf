namespace Mdev.Guest.Tests;

/// <summary>A <see cref="LabFactAttribute"/> with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LabTheoryAttribute : TheoryAttribute
{
    public LabTheoryAttribute()
    {
        if (!Lab.IsReady && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = Lab.Missing;
    }
}
