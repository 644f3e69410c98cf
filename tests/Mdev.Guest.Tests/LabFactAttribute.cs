namespace Mdev.Guest.Tests;

/// <summary>A test that boots a guest. Without a lab it is skipped, but under CI it fails: nobody would read the skip there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LabFactAttribute : FactAttribute
{
    /// <param name="needs">What else it needs.</param>
    public LabFactAttribute(params Need[] needs)
    {
        if (!Lab.IsReady && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = Lab.Missing;
        else
            Skip = Needs.Missing(needs);
    }
}
