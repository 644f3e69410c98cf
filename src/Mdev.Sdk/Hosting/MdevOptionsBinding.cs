using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Mdev.Sdk.Hosting;

/// <summary>
/// Reads <see cref="MdevOptions"/> from the program's configuration, if it has one. A key that no option has is an error: a
/// misspelt one would be an option that is silently not set.
/// </summary>
internal sealed class MdevOptionsBinding(IConfiguration? configuration = null) : IConfigureOptions<MdevOptions>
{
    public void Configure(MdevOptions options) =>
        configuration?.GetSection(MdevOptions.Section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
}
